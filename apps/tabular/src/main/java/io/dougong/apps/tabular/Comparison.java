package io.dougong.apps.tabular;

import io.dougong.models.Bootstrap;
import io.dougong.models.Metrics;
import io.dougong.models.Task;
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

    static Comparison of(Task task, String first, Scores firstScores, String second, Scores secondScores, long seed) {
        Rating ours = Rating.of(task, firstScores);
        Rating theirs = Rating.of(task, secondScores);
        Bootstrap.Interval interval = new Bootstrap(seed, REPLICATES)
                .interval(firstScores.rows(), LEVEL, rows -> ours.of(rows) - theirs.of(rows));
        boolean firstIsBetter = interval.estimate() >= 0;
        double low = firstIsBetter ? interval.low() : -interval.high();
        double high = firstIsBetter ? interval.high() : -interval.low();
        return new Comparison(
                firstIsBetter ? first : second,
                firstIsBetter ? second : first,
                Yardstick.of(task).choice(),
                Math.abs(interval.estimate()),
                low,
                high,
                low > 0);
    }

    /** How good a model is over drawn rows; higher is better. */
    private interface Rating {

        double of(int[] rows);

        static Rating of(Task task, Scores scores) {
            return switch (task) {
                case BINARY -> {
                    double[] probabilities = scores.probabilities();
                    boolean[] labels = scores.labels();
                    yield rows -> auc(probabilities, labels, rows);
                }
                case MULTICLASS -> {
                    double[] losses = scores.losses();
                    yield rows -> -mean(losses, rows);
                }
                case REGRESSION -> {
                    double[] squares = scores.losses();
                    yield rows -> -Math.sqrt(mean(squares, rows));
                }
            };
        }
    }

    private static double mean(double[] values, int[] rows) {
        double sum = 0;
        for (int row : rows) {
            sum += values[row];
        }
        return sum / rows.length;
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
                Locale.ROOT,
                "by %s %s [%s, %s] on rows that neither was trained on",
                number(difference, ""),
                metric,
                number(low, "+"),
                number(high, "+"));
        return clear
                ? chosen + " is better than " + other + " " + figure
                : chosen + " is not clearly better than " + other + ": " + figure + "; the better one is taken";
    }

    private static String number(double value, String sign) {
        return String.format(Locale.ROOT, "%" + sign + (Math.abs(value) >= 100 ? ".0f" : ".3f"), value);
    }
}
