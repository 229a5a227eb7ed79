package io.dougong.learn;

import io.dougong.models.Bootstrap;
import io.dougong.models.Metrics;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The figures of {@link Metrics} over drawn rows, with everything that does not depend on the draw (ranks, logarithms, bins) done once: a
 * draw costs one pass over the rows and no sorting.
 */
final class TestFigures {

    private static final int ECE_BINS = 15;

    private final double[] probabilities;
    private final boolean[] labels;
    private final double[] losses;
    private final int[] byScore;
    private final int[] drawn;

    TestFigures(double[] probabilities, boolean[] labels) {
        this.probabilities = probabilities;
        this.labels = labels;
        this.drawn = new int[labels.length];
        this.losses = IntStream.range(0, labels.length)
                .mapToDouble(row -> Metrics.logLoss(new double[] {probabilities[row]}, new boolean[] {labels[row]}))
                .toArray();
        this.byScore = IntStream.range(0, labels.length)
                .boxed()
                .sorted(Comparator.comparingDouble(row -> probabilities[row]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** By the names of gates; a figure that is not defined is left out. */
    Map<String, Evaluation.Estimate> estimates(Bootstrap bootstrap, double level) {
        Map<Gate.Metric, ToDoubleFunction<int[]>> figures = Map.of(
                Gate.Metric.AUC, this::auc,
                Gate.Metric.LOG_LOSS, this::logLoss,
                Gate.Metric.BRIER, this::brier,
                Gate.Metric.ECE, this::ece);
        return Evaluation.Estimate.all(figures, labels.length, bootstrap, level);
    }

    /** Pairs won by walking scores upwards; a pair of equal scores is half won. */
    double auc(int[] rows) {
        Arrays.fill(drawn, 0);
        for (int row : rows) {
            drawn[row]++;
        }
        double won = 0;
        long negatives = 0;
        long positives = 0;
        int next = 0;
        while (next < byScore.length) {
            double score = probabilities[byScore[next]];
            long tiedPositives = 0;
            long tiedNegatives = 0;
            for (; next < byScore.length && probabilities[byScore[next]] == score; next++) {
                int row = byScore[next];
                tiedPositives += labels[row] ? drawn[row] : 0;
                tiedNegatives += labels[row] ? 0 : drawn[row];
            }
            won += tiedPositives * (negatives + tiedNegatives / 2.0);
            positives += tiedPositives;
            negatives += tiedNegatives;
        }
        return positives == 0 || negatives == 0 ? Double.NaN : won / ((double) positives * negatives);
    }

    private double logLoss(int[] rows) {
        double sum = 0;
        for (int row : rows) {
            sum += losses[row];
        }
        return sum / rows.length;
    }

    private double brier(int[] rows) {
        double sum = 0;
        for (int row : rows) {
            double miss = miss(row);
            sum += miss * miss;
        }
        return sum / rows.length;
    }

    double ece(int[] rows) {
        double[] gaps = new double[ECE_BINS];
        for (int row : rows) {
            gaps[Math.clamp((int) (probabilities[row] * ECE_BINS), 0, ECE_BINS - 1)] += miss(row);
        }
        return Arrays.stream(gaps).map(Math::abs).sum() / rows.length;
    }

    private double miss(int row) {
        return probabilities[row] - (labels[row] ? 1 : 0);
    }
}
