package io.dougong.models;

import java.util.LinkedHashMap;
import java.util.Map;

/** Quality figures; sums run in row order, so equal rows give equal bits. */
public final class Metrics {

    private static final int ECE_BINS = 15;
    private static final double SMALLEST_PROBABILITY = 1e-15;

    /**
     * @param auc area under the ROC curve; NaN if only one class occurs
     * @param ece expected calibration error over 15 bins of equal width
     */
    public record Binary(long rows, long positives, double auc, double logLoss, double brier, double ece) {
        /** By the names that manifests use in gates. */
        public Map<String, Double> byName() {
            Map<String, Double> named = new LinkedHashMap<>();
            named.put("auc", auc);
            named.put("log_loss", logLoss);
            named.put("brier", brier);
            named.put("ece", ece);
            named.put("rows", (double) rows);
            named.put("positives", (double) positives);
            return named;
        }
    }

    public record Regression(long rows, double rmse, double mae) {
        public Map<String, Double> byName() {
            return Map.of("rmse", rmse, "mae", mae, "rows", (double) rows);
        }
    }

    private Metrics() {}

    public static Binary binary(double[] probabilities, boolean[] labels) {
        Labelled sides = Labelled.of(probabilities, labels);
        return new Binary(
                labels.length,
                sides.positives().length,
                auc(sides),
                logLoss(probabilities, labels),
                brier(probabilities, labels),
                ece(probabilities, labels));
    }

    public static Regression regression(double[] predictions, double[] truths) {
        return new Regression(truths.length, rmse(predictions, truths), mae(predictions, truths));
    }

    /** Chance that a positive row scores above a negative one, ties count half (Mann–Whitney); NaN if one class is missing. */
    public static double auc(double[] scores, boolean[] labels) {
        return auc(Labelled.of(scores, labels));
    }

    private static double auc(Labelled sides) {
        double[] negatives = sides.negatives();
        long twiceWon = 0;
        int below = 0;
        int notAbove = 0;
        for (double positive : sides.positives()) {
            while (below < negatives.length && negatives[below] < positive) {
                below++;
            }
            while (notAbove < negatives.length && negatives[notAbove] <= positive) {
                notAbove++;
            }
            twiceWon += below + notAbove;
        }
        return twiceWon / (2.0 * sides.positives().length * negatives.length);
    }

    /** Mean negative log-likelihood, natural logarithm; probabilities are held 1e-15 away from 0 and 1. */
    public static double logLoss(double[] probabilities, boolean[] labels) {
        Labelled.check(probabilities, labels.length);
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            double p = labels[i] ? probabilities[i] : 1 - probabilities[i];
            sum -= StrictMath.log(Math.clamp(p, SMALLEST_PROBABILITY, 1 - SMALLEST_PROBABILITY));
        }
        return sum / labels.length;
    }

    /** Mean squared distance of probability and outcome (Brier 1950, for two classes, one term). */
    public static double brier(double[] probabilities, boolean[] labels) {
        Labelled.check(probabilities, labels.length);
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            double miss = probabilities[i] - (labels[i] ? 1 : 0);
            sum += miss * miss;
        }
        return sum / labels.length;
    }

    /** Expected calibration error (Naeini et al. 2015) of the positive class. */
    public static double ece(double[] probabilities, boolean[] labels) {
        Labelled.check(probabilities, labels.length);
        double[] gaps = new double[ECE_BINS];
        for (int i = 0; i < labels.length; i++) {
            int bin = Math.clamp((int) (probabilities[i] * ECE_BINS), 0, ECE_BINS - 1);
            gaps[bin] += probabilities[i] - (labels[i] ? 1 : 0);
        }
        double sum = 0;
        for (double gap : gaps) {
            sum += Math.abs(gap);
        }
        return sum / labels.length;
    }

    public static double rmse(double[] predictions, double[] truths) {
        Labelled.check(predictions, truths.length);
        double sum = 0;
        for (int i = 0; i < truths.length; i++) {
            double miss = predictions[i] - truths[i];
            sum += miss * miss;
        }
        return Math.sqrt(sum / truths.length);
    }

    public static double mae(double[] predictions, double[] truths) {
        Labelled.check(predictions, truths.length);
        double sum = 0;
        for (int i = 0; i < truths.length; i++) {
            sum += Math.abs(predictions[i] - truths[i]);
        }
        return sum / truths.length;
    }
}
