package io.dougong.apps.tabular;

import io.dougong.decisions.Score;
import io.dougong.decisions.Truth;
import io.dougong.kernel.Times;
import io.dougong.models.LoadedModel;
import io.dougong.serving.PredictionSet;
import io.dougong.serving.Scoring;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a registered model says of held-out rows, through the very code that serves it. */
final class Scores {

    private static final int MOST_EXPLAINED = 500;
    private static final double SMALLEST_PROBABILITY = 1e-15;

    /** A feature and how far it moves the margin, on average. */
    record Driver(String feature, double meanAbsolute) {}

    private final LoadedModel model;
    private final List<Holdout.Held> rows;
    private final boolean timed;

    /** @param timed whether hour and weekday of the row's time follow the table's features */
    Scores(LoadedModel model, List<Holdout.Held> rows, boolean timed) {
        this.model = model;
        this.rows = rows;
        this.timed = timed;
    }

    private float[] encoded(Holdout.Held row) {
        List<@Nullable Object> values = new ArrayList<>(row.values());
        if (timed) {
            OffsetDateTime time = Times.instant(row.micros()).atOffset(ZoneOffset.UTC);
            values.add((long) time.getHour());
            values.add((long) time.getDayOfWeek().getValue());
        }
        return model.encode(values).row();
    }

    int rows() {
        return rows.size();
    }

    List<Score> scores() {
        return rows.stream()
                .map(row -> Scoring.score(model, model.margins(encoded(row))))
                .toList();
    }

    /** Calibrated probabilities of what is favoured: of the positive class, or of the most probable one. */
    double[] probabilities() {
        return scores().stream().mapToDouble(Score::probability).toArray();
    }

    /** Per row the log loss of a class, or the squared error of a number. */
    double[] losses() {
        List<Score> scores = scores();
        double[] losses = new double[scores.size()];
        for (int i = 0; i < losses.length; i++) {
            Truth truth = Truth.of(rows.get(i).truth());
            double missing = PredictionSet.nonconformity(scores.get(i), truth);
            losses[i] = scores.get(i) instanceof Score.Amount amount && truth instanceof Truth.Amount(double value)
                    ? (amount.value() - value) * (amount.value() - value)
                    : -Math.log(Math.max(SMALLEST_PROBABILITY, 1 - missing));
        }
        return losses;
    }

    boolean[] labels() {
        boolean[] labels = new boolean[rows.size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = Boolean.TRUE.equals(rows.get(i).truth());
        }
        return labels;
    }

    /** The strongest first (mean absolute Shapley values of what is answered). */
    List<Driver> drivers(int most) {
        int features = model.model().inputs();
        double[] sums = new double[features];
        int explained = Math.min(MOST_EXPLAINED, rows.size());
        for (int i = 0; i < explained; i++) {
            float[] row = encoded(rows.get(i));
            double[] contributions = model.contributions(row);
            int from = Scoring.top(model.margins(row)) * (features + 1);
            for (int feature = 0; feature < features; feature++) {
                sums[feature] += Math.abs(contributions[from + feature]) / explained;
            }
        }
        return IntStream.range(0, features)
                .mapToObj(i -> new Driver(model.card().features().get(i).name(), sums[i]))
                .sorted(Comparator.comparingDouble(Driver::meanAbsolute).reversed())
                .limit(most)
                .toList();
    }
}
