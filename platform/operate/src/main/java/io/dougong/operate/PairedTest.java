package io.dougong.operate;

/**
 * Whether one version loses less than another on the same questions, window by window: the mean difference and its standard error
 * over windows, which keeps decisions that share an hour's weather from counting as independent.
 *
 * @param windows how many differences
 * @param mean of (first − second); negative if the first loses less
 * @param error standard error of the mean
 */
public record PairedTest(int windows, double mean, double error) {

    public static PairedTest of(double[] differences) {
        int n = differences.length;
        if (n < 2) {
            return new PairedTest(n, n == 0 ? 0 : differences[0], Double.POSITIVE_INFINITY);
        }
        double mean = 0;
        for (double difference : differences) {
            mean += difference / n;
        }
        double squares = 0;
        for (double difference : differences) {
            squares += (difference - mean) * (difference - mean);
        }
        return new PairedTest(n, mean, StrictMath.sqrt(squares / (n - 1) / n));
    }

    /** Whether the first loses more, beyond a one-sided test at z standard errors. */
    public boolean worse(double z) {
        return windows > 1 && mean > z * error;
    }

    /** Whether the first loses less, beyond a one-sided test at z standard errors. */
    public boolean better(double z) {
        return windows > 1 && mean < -z * error;
    }
}
