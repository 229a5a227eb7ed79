package io.dougong.apps.tabular;

import io.dougong.models.Metrics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How well one column alone tells the label, measured honestly: what a value says is learned on one half of the sample (the mean label of
 * its category, or of its bin among the column's quantiles) and tested on the other. Shape does not matter, so a column that tells the
 * label only by being missing, or only in the middle of its range, is found as well.
 */
final class Strength {

    private static final int BINS = 64;
    private static final double PRIOR_ROWS = 2;
    private static final int FEWEST_TESTED = 20;

    private Strength() {}

    /**
     * The AUC of the column alone.
     *
     * @param values texts; null where missing
     * @param numeric whether they are numbers
     * @return NaN if the sample is too small
     */
    static double auc(@Nullable String[] values, boolean numeric, boolean[] labels) {
        double[] targets = new double[labels.length];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = labels[i] ? 1 : 0;
        }
        double[] scores = scores(values, numeric, targets);
        boolean[] tested = new boolean[scores.length];
        for (int i = 0; i < tested.length; i++) {
            tested[i] = labels[2 * i + 1];
        }
        return scores.length < FEWEST_TESTED ? Double.NaN : Metrics.auc(scores, tested);
    }

    /** The share of a numeric label's variance that the column alone explains. */
    static double explained(@Nullable String[] values, boolean numeric, double[] targets) {
        double[] scores = scores(values, numeric, targets);
        if (scores.length < FEWEST_TESTED) {
            return Double.NaN;
        }
        double mean = 0;
        for (int i = 0; i < scores.length; i++) {
            mean += targets[2 * i + 1] / scores.length;
        }
        double left = 0;
        double all = 0;
        for (int i = 0; i < scores.length; i++) {
            double miss = targets[2 * i + 1] - scores[i];
            double distance = targets[2 * i + 1] - mean;
            left += miss * miss;
            all += distance * distance;
        }
        return all == 0 ? Double.NaN : 1 - left / all;
    }

    /** Of every second row, the mean target that its value had among the other rows. */
    private static double[] scores(@Nullable String[] values, boolean numeric, double[] targets) {
        Object[] cells = numeric ? bins(values) : categories(values);
        Map<Object, double[]> sums = new HashMap<>();
        double all = 0;
        int rows = (values.length + 1) / 2;
        for (int i = 0; i < values.length; i += 2) {
            double[] sum = sums.computeIfAbsent(cells[i], _ -> new double[2]);
            sum[0] += targets[i];
            sum[1]++;
            all += targets[i];
        }
        double[] scores = new double[values.length / 2];
        for (int i = 0; i < scores.length; i++) {
            double[] sum = sums.getOrDefault(cells[2 * i + 1], new double[2]);
            scores[i] = (sum[0] + PRIOR_ROWS * all / rows) / (sum[1] + PRIOR_ROWS);
        }
        return scores;
    }

    private static Object[] categories(@Nullable String[] values) {
        Object[] cells = new Object[values.length];
        for (int i = 0; i < cells.length; i++) {
            String value = values[i];
            cells[i] = value == null ? "" : value;
        }
        return cells;
    }

    private static Object[] bins(@Nullable String[] values) {
        List<Double> sorted = new ArrayList<>();
        for (String value : values) {
            Double number = value == null ? null : Values.number(value);
            if (number != null) {
                sorted.add(number);
            }
        }
        sorted.sort(null);
        TreeSet<Double> edges = new TreeSet<>();
        for (int bin = 0; bin < BINS && !sorted.isEmpty(); bin++) {
            edges.add(sorted.get((int) ((long) bin * sorted.size() / BINS)));
        }
        Object[] cells = new Object[values.length];
        for (int i = 0; i < cells.length; i++) {
            String value = values[i];
            Double number = value == null ? null : Values.number(value);
            Double edge = number == null ? null : edges.floor(number);
            cells[i] = edge == null ? "" : edge;
        }
        return cells;
    }
}
