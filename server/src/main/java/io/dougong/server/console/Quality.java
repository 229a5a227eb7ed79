package io.dougong.server.console;

import java.util.ArrayList;
import java.util.List;

/** How good probabilities were, from counts in a hundred bins of probability: areas and means are exact to a bin. */
final class Quality {

    private static final int BINS = 100;

    private final long[] positive = new long[BINS];
    private final long[] negative = new long[BINS];

    void add(double probability, boolean label) {
        if (!Double.isNaN(probability)) {
            (label ? positive : negative)[Math.clamp((int) (probability * BINS), 0, BINS - 1)]++;
        }
    }

    void add(Quality other) {
        for (int i = 0; i < BINS; i++) {
            positive[i] += other.positive[i];
            negative[i] += other.negative[i];
        }
    }

    long labelled() {
        long sum = 0;
        for (int i = 0; i < BINS; i++) {
            sum += positive[i] + negative[i];
        }
        return sum;
    }

    /** Area under the ROC curve, ties within a bin counted half; NaN without both classes. */
    double auc() {
        double below = 0;
        double won = 0;
        long positives = 0;
        for (int i = 0; i < BINS; i++) {
            won += positive[i] * (below + negative[i] / 2.0);
            below += negative[i];
            positives += positive[i];
        }
        return below == 0 || positives == 0 ? Double.NaN : won / (below * positives);
    }

    /** One point of the calibration curve. */
    record Point(double predicted, double observed, long rows) {}

    /** In tenths of probability, without the empty ones. */
    List<Point> calibration() {
        List<Point> points = new ArrayList<>();
        for (int tenth = 0; tenth < BINS / 10; tenth++) {
            long rows = 0;
            long hits = 0;
            double mass = 0;
            for (int i = tenth * 10; i < tenth * 10 + 10; i++) {
                rows += positive[i] + negative[i];
                hits += positive[i];
                mass += (i + 0.5) / BINS * (positive[i] + negative[i]);
            }
            if (rows > 0) {
                points.add(new Point(mass / rows, (double) hits / rows, rows));
            }
        }
        return points;
    }

    /** Mean distance of predicted and observed share, weighted by rows; NaN without any. */
    double calibrationError() {
        long all = labelled();
        return all == 0
                ? Double.NaN
                : calibration().stream()
                        .mapToDouble(point -> point.rows() * Math.abs(point.predicted() - point.observed()) / all)
                        .sum();
    }
}
