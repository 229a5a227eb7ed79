package io.dougong.models;

import java.util.Arrays;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/**
 * Percentile bootstrap (Efron 1979): the figure over rows drawn with replacement, many times.
 *
 * @param seed same seed, same interval ({@link Random} is specified to the bit)
 * @param replicates draws, e.g. 200
 */
public record Bootstrap(long seed, int replicates) {

    /**
     * @param estimate over all rows as they are
     * @param level share of replicates inside, e.g. 0.95
     * @param replicates draws in which the figure was defined
     */
    public record Interval(double estimate, double low, double high, double level, int replicates) {}

    public Bootstrap {
        if (replicates < 2) {
            throw new ModelProblem.BadInput("bad-bootstrap", replicates + " replicates give no interval.", "");
        }
    }

    /** @param statistic figure over the rows with these indices; NaN if it is not defined there */
    public Interval interval(int rows, double level, ToDoubleFunction<int[]> statistic) {
        if (rows < 1 || !(level > 0 && level < 1)) {
            throw new ModelProblem.BadInput("bad-bootstrap", rows + " rows, level " + level + ".", "");
        }
        int[] drawn = new int[rows];
        Arrays.setAll(drawn, i -> i);
        double estimate = statistic.applyAsDouble(drawn);
        Random random = new Random(seed);
        double[] figures = new double[replicates];
        int defined = 0;
        for (int r = 0; r < replicates; r++) {
            Arrays.setAll(drawn, i -> random.nextInt(rows));
            double figure = statistic.applyAsDouble(drawn);
            if (!Double.isNaN(figure)) {
                figures[defined++] = figure;
            }
        }
        return interval(estimate, level, Arrays.copyOf(figures, defined));
    }

    private static Interval interval(double estimate, double level, double[] figures) {
        if (figures.length == 0) {
            return new Interval(estimate, Double.NaN, Double.NaN, level, 0);
        }
        Arrays.sort(figures);
        double tail = (1 - level) / 2;
        int low = (int) Math.floor(tail * (figures.length - 1));
        return new Interval(estimate, figures[low], figures[figures.length - 1 - low], level, figures.length);
    }

    /** The interval of a figure of probabilities and labels, e.g. {@code Metrics::auc}. */
    public Interval binary(double[] scores, boolean[] labels, double level, BinaryFigure figure) {
        Labelled.check(scores, labels.length);
        double[] drawnScores = new double[scores.length];
        boolean[] drawnLabels = new boolean[labels.length];
        return interval(scores.length, level, rows -> {
            for (int i = 0; i < rows.length; i++) {
                drawnScores[i] = scores[rows[i]];
                drawnLabels[i] = labels[rows[i]];
            }
            return figure.of(drawnScores, drawnLabels);
        });
    }

    /** A figure of scores and labels. */
    @FunctionalInterface
    public interface BinaryFigure {
        double of(double[] scores, boolean[] labels);
    }
}
