package io.dougong.features;

import java.math.BigInteger;

/**
 * The exponentially decayed mean: Σ w(d)·sum(pane) / Σ w(d)·count(pane), where d is how many panes lie between the pane and the
 * last closed one.
 *
 * <p>The weight w(d) = 2^(30 − d / halfLife), rounded to an integer once from {@link StrictMath}, makes both sums integers: exact,
 * of any order, and computed from the same panes as everything else. After 31 half-lives it is 0. The sums hold 2^33 events.
 */
final class Decay {

    private static final int WEIGHT_BITS = 30;

    private final long[] weights;
    private final int sumPlace;
    private final int countPlace;
    private final int fractionBits;

    Decay(long halfLifePanes, long windowPanes, int sumPlace, int countPlace, int fractionBits) {
        this.weights = new long[(int) Math.min(windowPanes, halfLifePanes * (WEIGHT_BITS + 1))];
        for (int distance = 0; distance < weights.length; distance++) {
            double power = WEIGHT_BITS - (double) distance / (double) halfLifePanes;
            weights[distance] = (long) StrictMath.rint(StrictMath.pow(2, power));
        }
        this.sumPlace = sumPlace;
        this.countPlace = countPlace;
        this.fractionBits = fractionBits;
    }

    /** @param now the pane that is still open; NaN if all weights are 0 */
    double mean(PaneRows minutes, long now) {
        long[] sum = new long[3];
        long count = 0;
        int rows = minutes.size();
        for (int row = minutes.from(now - weights.length); row < rows && minutes.pane(row) < now; row++) {
            long weight = weights[(int) (now - 1 - minutes.pane(row))];
            count += weight * minutes.cell(row, countPlace);
            addProduct(sum, minutes.cell(row, sumPlace), minutes.cell(row, sumPlace + 1), weight);
        }
        if (count == 0) {
            return Double.NaN;
        }
        BigInteger total = FixedPoint.big(sum[0], sum[1], sum[2]);
        return Math.scalb(FixedPoint.quotient(total, BigInteger.valueOf(count)), -fractionBits) + 0.0;
    }

    /** Adds the signed 128-bit number times the weight to the 192-bit sum. */
    private static void addProduct(long[] sum, long low, long high, long weight) {
        long carried = Math.unsignedMultiplyHigh(low, weight);
        long middle = high * weight + carried;
        long top = Math.multiplyHigh(high, weight) + (Long.compareUnsigned(middle, carried) < 0 ? 1 : 0);
        CellLayout.add3(sum, 0, low * weight, middle, top);
    }
}
