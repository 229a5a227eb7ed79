package io.dougong.operate;

/**
 * How far two distributions, counted in the same bins, are apart. Sums run in the order of the bins, so equal counts give equal bits.
 *
 * @param psi population stability index, Σ (q − p) ln(q / p), half a count added to every bin so that empty ones stay finite
 * @param ks Kolmogorov–Smirnov: largest difference of the distribution functions at the edges; of the shares, for texts
 * @param jensenShannon Jensen–Shannon distance (natural logarithm, square root of the divergence; Endres and Schindelin 2003)
 * @param wasserstein mean distance that mass must be moved, in ranks of the reference (0 to 1), missing and unseen values left out;
 *     for texts the share that must change
 */
public record Divergence(double psi, double ks, double jensenShannon, double wasserstein) {

    private static final double SMOOTHING = 0.5;

    /** @param bins that both were counted in */
    public static Divergence of(Bins bins, long[] reference, long[] current) {
        return new Divergence(
                psi(reference, current),
                bins.ofText() ? totalVariation(reference, current) : kolmogorovSmirnov(reference, current),
                jensenShannon(reference, current),
                bins.ofText()
                        ? totalVariation(reference, current)
                        : rankWasserstein(reference, current, bins.values()));
    }

    static double psi(long[] reference, long[] current) {
        double wholeP = sum(reference) + SMOOTHING * reference.length;
        double wholeQ = sum(current) + SMOOTHING * current.length;
        double sum = 0;
        for (int i = 0; i < reference.length; i++) {
            double p = (reference[i] + SMOOTHING) / wholeP;
            double q = (current[i] + SMOOTHING) / wholeQ;
            sum += (q - p) * StrictMath.log(q / p);
        }
        return sum;
    }

    static double kolmogorovSmirnov(long[] reference, long[] current) {
        double wholeP = Math.max(1, sum(reference));
        double wholeQ = Math.max(1, sum(current));
        long p = 0;
        long q = 0;
        double most = 0;
        for (int i = 0; i < reference.length; i++) {
            p += reference[i];
            q += current[i];
            most = Math.max(most, Math.abs(p / wholeP - q / wholeQ));
        }
        return most;
    }

    static double totalVariation(long[] reference, long[] current) {
        double wholeP = Math.max(1, sum(reference));
        double wholeQ = Math.max(1, sum(current));
        double sum = 0;
        for (int i = 0; i < reference.length; i++) {
            sum += Math.abs(reference[i] / wholeP - current[i] / wholeQ);
        }
        return sum / 2;
    }

    static double jensenShannon(long[] reference, long[] current) {
        double wholeP = Math.max(1, sum(reference));
        double wholeQ = Math.max(1, sum(current));
        double sum = 0;
        for (int i = 0; i < reference.length; i++) {
            double p = reference[i] / wholeP;
            double q = current[i] / wholeQ;
            sum += half(p, q) + half(q, p);
        }
        return StrictMath.sqrt(Math.max(0, sum / 2));
    }

    private static double half(double p, double q) {
        return p == 0 ? 0 : p * StrictMath.log(2 * p / (p + q));
    }

    /** Σ |F − G| · distance between neighbours: the 1-Wasserstein distance on a line (Vallender 1974). */
    static double wasserstein(long[] reference, long[] current, double[] positions) {
        double wholeP = Math.max(1, sum(reference));
        double wholeQ = Math.max(1, sum(current));
        long p = 0;
        long q = 0;
        double sum = 0;
        for (int i = 0; i + 1 < positions.length; i++) {
            p += reference[i];
            q += current[i];
            sum += Math.abs(p / wholeP - q / wholeQ) * (positions[i + 1] - positions[i]);
        }
        return sum;
    }

    private static double rankWasserstein(long[] reference, long[] current, int values) {
        long[] p = java.util.Arrays.copyOf(reference, values);
        long[] q = java.util.Arrays.copyOf(current, values);
        return wasserstein(p, q, ranks(p));
    }

    /** The middle of each bin among the reference's values, 0 to 1. */
    static double[] ranks(long[] reference) {
        double whole = Math.max(1, sum(reference));
        double[] ranks = new double[reference.length];
        long below = 0;
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] = (below + reference[i] / 2.0) / whole;
            below += reference[i];
        }
        return ranks;
    }

    static long sum(long[] counts) {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }
}
