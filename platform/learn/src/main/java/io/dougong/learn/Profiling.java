package io.dougong.learn;

import io.dougong.models.ContributionProfile;
import io.dougong.models.Model;
import io.dougong.models.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Measures what a model's features usually contribute, on rows it was not trained on. */
final class Profiling {

    private static final int MOST_ROWS = 1_000;

    private Profiling() {}

    /** Empty if the model has several outputs or cannot say what its features contribute. */
    static Optional<ContributionProfile> of(TrainingTable table, Slices slices, Model model) {
        if (table.task() != Task.BINARY || model.outputs() != 1 || !model.explainable()) {
            return Optional.empty();
        }
        int[] held = IntStream.concat(IntStream.of(slices.calibrate()), IntStream.of(slices.test()))
                .toArray();
        TrainingTable rows = table.of(spread(held));
        List<ContributionProfile.Row> measured = new ArrayList<>(rows.rows());
        float[] row = new float[model.inputs()];
        double[] margin = new double[1];
        for (int i = 0; i < rows.rows(); i++) {
            double[] contributions = new double[model.inputs() + 1];
            rows.read(i, row);
            model.margins(row, margin);
            model.contributions(row, contributions);
            measured.add(new ContributionProfile.Row(margin[0], contributions));
        }
        return Optional.of(ContributionProfile.of(measured, model.inputs()));
    }

    /** Evenly over time. */
    private static int[] spread(int[] held) {
        int count = Math.min(MOST_ROWS, held.length);
        return IntStream.range(0, count)
                .map(i -> held[(int) ((long) i * held.length / count)])
                .toArray();
    }
}
