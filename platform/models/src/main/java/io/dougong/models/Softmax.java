package io.dougong.models;

import java.util.function.DoubleUnaryOperator;

/** Softmax of margins, and the temperature at which it is most likely. With the bits of StrictMath. */
public final class Softmax {

    private static final double COLDEST = 0.05;
    private static final double HOTTEST = 20;
    private static final int STEPS = 60;
    private static final double GOLDEN = (StrictMath.sqrt(5) - 1) / 2;
    private static final double SMALLEST_PROBABILITY = 1e-15;

    private Softmax() {}

    /** Probabilities of one row. */
    public static double[] of(double[] margins, double temperature) {
        double most = Double.NEGATIVE_INFINITY;
        for (double margin : margins) {
            most = Math.max(most, margin);
        }
        double[] shares = new double[margins.length];
        double sum = 0;
        for (int i = 0; i < shares.length; i++) {
            shares[i] = StrictMath.exp((margins[i] - most) / temperature);
            sum += shares[i];
        }
        for (int i = 0; i < shares.length; i++) {
            shares[i] /= sum;
        }
        return shares;
    }

    /**
     * The temperature of least log loss. The loss is convex in 1 / temperature, so golden-section search over its logarithm, where it has
     * one valley, finds it. As in Platt's method the truth of n rows counts as (n + 1) / (n + 2), the rest is shared by the other classes:
     * a few rows that are all right must not make the model certain.
     *
     * @param margins one row each
     * @param truths number of the true class; rows with a negative one are passed over
     */
    public static double temperature(double[][] margins, int[] truths) {
        DoubleUnaryOperator loss = logarithm -> logLoss(margins, truths, StrictMath.exp(logarithm));
        double low = StrictMath.log(COLDEST);
        double high = StrictMath.log(HOTTEST);
        double left = high - GOLDEN * (high - low);
        double right = low + GOLDEN * (high - low);
        double leftLoss = loss.applyAsDouble(left);
        double rightLoss = loss.applyAsDouble(right);
        for (int step = 0; step < STEPS; step++) {
            if (leftLoss <= rightLoss) {
                high = right;
                right = left;
                rightLoss = leftLoss;
                left = high - GOLDEN * (high - low);
                leftLoss = loss.applyAsDouble(left);
            } else {
                low = left;
                left = right;
                leftLoss = rightLoss;
                right = low + GOLDEN * (high - low);
                rightLoss = loss.applyAsDouble(right);
            }
        }
        return StrictMath.exp((low + high) / 2);
    }

    private static double logLoss(double[][] margins, int[] truths, double temperature) {
        double sum = 0;
        for (int row = 0; row < truths.length; row++) {
            if (truths[row] >= 0) {
                sum += loss(of(margins[row], temperature), truths[row], 1.0 / (truths.length + 2));
            }
        }
        return sum;
    }

    private static double loss(double[] probabilities, int truth, double doubt) {
        double sum = 0;
        for (int each = 0; each < probabilities.length; each++) {
            double weight = each == truth ? 1 - doubt : doubt / (probabilities.length - 1);
            sum -= weight * StrictMath.log(Math.max(SMALLEST_PROBABILITY, probabilities[each]));
        }
        return sum;
    }
}
