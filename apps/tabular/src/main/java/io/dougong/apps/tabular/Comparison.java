package io.dougong.apps.tabular;

import io.dougong.models.Bootstrap;
import io.dougong.models.Metrics;
import java.util.Locale;

/**
 * Which of two models is better on the calibration slice, which neither was trained on and which is not the test. The interval is of the
 * paired difference: both models are measured on the same drawn rows.
 *
 * @param difference of the chosen model to the other, positive if it is better
 * @param clear whether the interval lies above zero
 */
record Comparison(
        String chosen, String other, String metric, double difference, double low, double high, boolean clear) {

    private static final double LEVEL = 0.95;
    private static final int REPLICATES = 200;

    static Comparison of(
            String first, double[] firstScores, String second, double[] secondScores, boolean[] labels, long seed) {
        Bootstrap.Interval interval = new Bootstrap(seed, REPLICATES)
                .interval(
                        labels.length, LEVEL, rows -> auc(firstScores, labels, rows) - auc(secondScores, labels, rows));
        boolean firstIsBetter = interval.estimate() >= 0;
        double low = firstIsBetter ? interval.low() : -interval.high();
        double high = firstIsBetter ? interval.high() : -interval.low();
        return new Comparison(
                firstIsBetter ? first : second,
                firstIsBetter ? second : first,
                "auc",
                Math.abs(interval.estimate()),
                low,
                high,
                low > 0);
    }

    private static double auc(double[] scores, boolean[] labels, int[] rows) {
        double[] drawn = new double[rows.length];
        boolean[] truths = new boolean[rows.length];
        for (int i = 0; i < rows.length; i++) {
            drawn[i] = scores[rows[i]];
            truths[i] = labels[rows[i]];
        }
        return Metrics.auc(drawn, truths);
    }

    String words() {
        String figure = String.format(
                Locale.ROOT, "by %.3f AUC [%+.3f, %+.3f] on rows that neither was trained on", difference, low, high);
        return clear
                ? chosen + " is better than " + other + " " + figure
                : chosen + " is not clearly better than " + other + ": " + figure + "; the higher one is taken";
    }
}
