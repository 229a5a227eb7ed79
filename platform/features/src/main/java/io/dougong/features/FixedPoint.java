package io.dougong.features;

import io.dougong.kernel.FieldType;
import java.math.BigInteger;

/**
 * Numbers as integers, so that sums have the same bits in any order, and back.
 *
 * <p>A NUMBER is value · 2^24 rounded half to even: steps of 6e-8, up to ±2^39 ≈ 5.4e11. The other types are integers already. A
 * sum takes 128 bits and a sum of squares 192, which 2^63 of the largest summands cannot overflow; each is held as 64-bit words,
 * lowest first, in two's complement. What comes out (sum, mean) is the double nearest to the exact quotient of integers.
 */
final class FixedPoint {

    static final int FRACTION_BITS = 24;

    private static final double ONE = 0x1p24;
    private static final double LIMIT = 0x1p63;
    private static final long EXACT = 1L << 53;
    /** Bits of a quotient worked out before rounding: more than a double's 53 and a sticky one. */
    private static final int QUOTIENT_BITS = 66;

    private FixedPoint() {}

    static int fractionBits(FieldType type) {
        return type == FieldType.NUMBER ? FRACTION_BITS : 0;
    }

    static boolean fits(double value) {
        return Math.abs(value * ONE) < LIMIT;
    }

    static long of(double value) {
        return (long) StrictMath.rint(value * ONE);
    }

    /** A long whose order is the order of the doubles; both zeros are one. */
    static long ordered(double value) {
        long bits = Double.doubleToLongBits(value + 0.0);
        return bits ^ ((bits >> 63) & Long.MAX_VALUE);
    }

    static double fromOrdered(long ordered) {
        return Double.longBitsToDouble(ordered ^ ((ordered >> 63) & Long.MAX_VALUE));
    }

    static double sum(long low, long high, int fractionBits) {
        double whole = high == low >> 63 ? low : big(low, high).doubleValue();
        return Math.scalb(whole, -fractionBits) + 0.0;
    }

    /** The double nearest to sum / count. */
    static double mean(long low, long high, long count, int fractionBits) {
        boolean small = high == low >> 63 && Math.abs(low) <= EXACT && low != Long.MIN_VALUE && count <= EXACT;
        double quotient = small ? (double) low / (double) count : quotient(big(low, high), BigInteger.valueOf(count));
        return Math.scalb(quotient, -fractionBits) + 0.0;
    }

    /** √(n·Σx² − (Σx)²) / n. */
    static double deviation(BigInteger sum, BigInteger squares, long count, int fractionBits) {
        BigInteger spread = BigInteger.valueOf(count).multiply(squares).subtract(sum.multiply(sum));
        return Math.scalb(StrictMath.sqrt(spread.doubleValue()) / (double) count, -fractionBits);
    }

    static double quotient(BigInteger numerator, BigInteger denominator) {
        int shift = Math.max(0, QUOTIENT_BITS - numerator.bitLength() + denominator.bitLength());
        BigInteger[] parts = numerator.abs().shiftLeft(shift).divideAndRemainder(denominator);
        BigInteger sticky = parts[1].signum() == 0 ? parts[0] : parts[0].setBit(0);
        double magnitude = Math.scalb(sticky.doubleValue(), -shift);
        return numerator.signum() < 0 ? -magnitude : magnitude;
    }

    static BigInteger big(long... wordsLowestFirst) {
        byte[] bytes = new byte[wordsLowestFirst.length * Long.BYTES];
        for (int i = 0; i < bytes.length; i++) {
            long word = wordsLowestFirst[wordsLowestFirst.length - 1 - i / Long.BYTES];
            bytes[i] = (byte) (word >> ((Long.BYTES - 1 - i % Long.BYTES) * Byte.SIZE));
        }
        return new BigInteger(bytes);
    }
}
