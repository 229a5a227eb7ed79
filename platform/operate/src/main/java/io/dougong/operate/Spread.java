package io.dougong.operate;

/**
 * Mean and spread of a series, one figure after the other (Welford 1962).
 *
 * @param sums count, mean, sum of squared differences from the mean
 */
record Spread(double[] sums) {

    static Spread empty() {
        return new Spread(new double[3]);
    }

    void add(double value) {
        sums[0]++;
        double before = value - sums[1];
        sums[1] += before / sums[0];
        sums[2] += before * (value - sums[1]);
    }

    int count() {
        return (int) sums[0];
    }

    double mean() {
        return sums[1];
    }

    /** Standard deviations from the mean, the deviation widened because it was estimated from few figures. */
    double z(double value) {
        double deviation =
                StrictMath.sqrt(sums[2] / Math.max(1, sums[0] - 1)) * (1 + 2 / StrictMath.sqrt(Math.max(1, sums[0])));
        double difference = value - sums[1];
        return difference == 0 ? 0 : difference / Math.max(deviation, 1e-9 + 1e-3 * Math.abs(sums[1]));
    }
}
