package io.dougong.learn;

import io.dougong.models.Calibrator;
import io.dougong.models.Model;
import java.util.Arrays;
import java.util.stream.IntStream;

/** The rows that a model is fitted on, with their weights; see {@link Weighting}. */
final class WeightedRows {

    private final Weighting weighting;
    private final Dataset dataset;
    private final TrainingTable table;
    private final int[] train;
    private final int[] rejected;

    /** @param table of the training slice */
    WeightedRows(Weighting weighting, Dataset dataset, Slices slices, TrainingTable table) {
        this.weighting = weighting;
        this.dataset = dataset;
        this.table = table;
        this.train = slices.train();
        this.rejected = IntStream.range(dataset.rows(), dataset.rows() + dataset.unlabelled())
                .filter(row -> dataset.askedMicros(row) < slices.trainUntilMicros())
                .toArray();
    }

    /** How many applicants of the training time never got a label. */
    int unlabelled() {
        return rejected.length;
    }

    /** The labelled rows. */
    TrainingTable labelled() {
        return weighting.reweigh() == null ? table : table.of(train, labels(), weights());
    }

    private boolean[] labels() {
        boolean[] labels = new boolean[train.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = dataset.label(train[i]);
        }
        return labels;
    }

    private double[] weights() {
        double[] weights = new double[train.length];
        Arrays.fill(weights, 1);
        Weighting.Reweighing reweigh = weighting.reweigh();
        if (reweigh == null) {
            return weights;
        }
        int[] groups = Arrays.stream(train)
                .map(row -> reweigh.group(dataset.aside(row)))
                .toArray();
        return RowWeights.reweighed(groups, labels());
    }

    /**
     * The labelled rows and, twice, those without a label.
     *
     * @param model fitted on the labelled rows
     */
    TrainingTable augmented(Model model, Calibrator calibrator) {
        Weighting.RejectInference rejects = weighting.rejects();
        double factor = rejects == null ? 1 : rejects.factor();
        int labelled = train.length;
        int[] rows = Arrays.copyOf(train, labelled + 2 * rejected.length);
        boolean[] labels = Arrays.copyOf(labels(), rows.length);
        double[] weights = Arrays.copyOf(weights(), rows.length);
        TrainingTable unknown = table.of(rejected);
        float[] row = new float[model.inputs()];
        double[] margin = new double[1];
        for (int i = 0; i < rejected.length; i++) {
            unknown.read(i, row);
            model.margins(row, margin);
            double bad = Math.min(1, factor * calibrator.probability(margin[0]));
            int at = labelled + 2 * i;
            rows[at] = rejected[i];
            labels[at] = true;
            weights[at] = bad;
            rows[at + 1] = rejected[i];
            weights[at + 1] = 1 - bad;
        }
        return table.of(rows, labels, weights);
    }
}
