package io.dougong.models;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How far the truth usually is from a prediction: the mean absolute residual as a piecewise linear function of the predicted value,
 * constant outside. Dividing a residual by it makes residuals of small and large predictions comparable, so that one conformal threshold
 * gives intervals that are wide where errors are large (locally weighted split conformal: Lei, G'Sell, Rinaldo, Tibshirani, Wasserman,
 * <i>Distribution-Free Predictive Inference for Regression</i>, JASA 2018, section 5.2).
 *
 * @param values predictions, rising
 * @param spreads at those, above 0
 */
public record Spread(List<Double> values, List<Double> spreads) {

    private static final int MOST_KNOTS = 8;
    private static final int FEWEST_ROWS = 30;
    /** A spread is at least this share of the mean one: a lucky group must not promise an interval of nothing. */
    private static final double LEAST_SHARE = 0.1;

    public Spread {
        values = List.copyOf(values);
        spreads = List.copyOf(spreads);
        if (values.isEmpty()
                || values.size() != spreads.size()
                || spreads.stream().anyMatch(spread -> !(spread > 0 && spread < Double.POSITIVE_INFINITY))
                || !rising(values)) {
            throw new ModelProblem.BadInput("bad-spread", "Spreads " + spreads + " at " + values + ".", "");
        }
    }

    private static boolean rising(List<Double> values) {
        for (int knot = 1; knot < values.size(); knot++) {
            if (!(values.get(knot) > values.get(knot - 1))) {
                return false;
            }
        }
        return true;
    }

    private double knots(int knot) {
        return values.get(knot);
    }

    public double at(double value) {
        int knot = 0;
        while (knot < values.size() && knots(knot) < value) {
            knot++;
        }
        if (knot == 0) {
            return spreads.getFirst();
        }
        if (knot == values.size()) {
            return spreads.getLast();
        }
        double share = (value - knots(knot - 1)) / (knots(knot) - knots(knot - 1));
        return (1 - share) * spreads.get(knot - 1) + share * spreads.get(knot);
    }

    /** From rows that the model was not trained on: groups of at least thirty rows by prediction, at most eight. */
    public static Spread fit(double[] predictions, double[] truths) {
        int[] rows = IntStream.range(0, truths.length)
                .boxed()
                .sorted(Comparator.comparingDouble(row -> predictions[row]))
                .mapToInt(Integer::intValue)
                .toArray();
        double mean = Arrays.stream(rows)
                .mapToDouble(row -> Math.abs(truths[row] - predictions[row]))
                .average()
                .orElse(1);
        double least = mean > 0 ? LEAST_SHARE * mean : Math.ulp(1.0);
        if (rows.length == 0) {
            return new Spread(List.of(0.0), List.of(1.0));
        }
        int groups = Math.clamp(rows.length / FEWEST_ROWS, 1, MOST_KNOTS);
        List<Double> values = new ArrayList<>();
        List<Double> spreads = new ArrayList<>();
        for (int group = 0; group < groups; group++) {
            int from = (int) ((long) rows.length * group / groups);
            int to = (int) ((long) rows.length * (group + 1) / groups);
            double value = 0;
            double residual = 0;
            for (int i = from; i < to; i++) {
                value += predictions[rows[i]];
                residual += Math.abs(truths[rows[i]] - predictions[rows[i]]);
            }
            int count = Math.max(1, to - from);
            if (values.isEmpty() || value / count > values.getLast()) {
                values.add(value / count);
                spreads.add(Math.max(least, residual / count));
            }
        }
        return new Spread(values, spreads);
    }
}
