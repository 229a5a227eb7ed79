package io.dougong.operate;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Evidence against "nothing has changed" that stays valid however often one looks.
 *
 * <p>A window is compared with the windows of the training data. If nothing has changed, the rank of its score among theirs is uniform:
 * a conformal p-value (Vovk, Gammerman and Shafer 2005), at least 1 / (n + 1). Weekly and other swings are in the reference scores
 * already, so they do not alarm. The p-value is turned into an e-value (mean at most 1 if nothing has changed) by the mixture of the
 * power calibrators (Vovk and Wang 2021, eq. 1). Evidence over time is summed as {@code R ← (R + 1) · e}, the Shiryaev–Roberts rule
 * on a conformal test martingale (Vovk et al. 2021, <i>Retrain or not retrain</i>): if nothing changes, R after n windows has mean at most n, so
 * an alarm at {@code R ≥ c} comes after c windows or more on average. Several features at once: e-BH (Wang and Ramdas 2022), valid
 * under any dependence between them.
 */
public final class Evidence {

    private static final double SMALLEST_P = 1e-12;
    private static final double MOST = 1e15;

    private Evidence() {}

    /** Share of scores, its own included, that are at least as strange. */
    public static double conformal(double[] sortedReference, double score) {
        int low = 0;
        int high = sortedReference.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sortedReference[middle] < score) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return (sortedReference.length - low + 1.0) / (sortedReference.length + 1.0);
    }

    /** ∫₀¹ κ p^(κ−1) dκ = (1 − p + p ln p) / (p ln² p). */
    public static double calibrated(double p) {
        double held = Math.max(p, SMALLEST_P);
        if (held >= 1) {
            return 0.5;
        }
        double log = StrictMath.log(held);
        return (1 - held + held * log) / (held * log * log);
    }

    /** One step of the Shiryaev–Roberts rule. */
    public static double accumulated(double evidence, double eValue) {
        return Math.min(MOST, (evidence + 1) * eValue);
    }

    /** e-BH: which hypotheses fall at level alpha; by the largest k with k · e₍k₎ / m ≥ 1 / alpha. */
    public static boolean[] eBenjaminiHochberg(double[] eValues, double alpha) {
        double[] sorted = eValues.clone();
        Arrays.sort(sorted);
        int m = sorted.length;
        double least = Double.POSITIVE_INFINITY;
        for (int k = 1; k <= m; k++) {
            if (k * sorted[m - k] / m >= 1 / alpha) {
                least = sorted[m - k];
            }
        }
        boolean[] rejected = new boolean[m];
        for (int i = 0; i < m; i++) {
            rejected[i] = eValues[i] >= least;
        }
        return rejected;
    }

    /** Benjamini and Hochberg 1995: which hypotheses fall, with a false discovery rate of at most alpha for independent p-values. */
    public static boolean[] benjaminiHochberg(double[] pValues, double alpha) {
        int m = pValues.length;
        int[] order = IntStream.range(0, m)
                .boxed()
                .sorted(java.util.Comparator.comparingDouble(i -> pValues[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        int last = -1;
        for (int k = 0; k < m; k++) {
            if (pValues[order[k]] <= alpha * (k + 1) / m) {
                last = k;
            }
        }
        boolean[] rejected = new boolean[m];
        for (int k = 0; k <= last; k++) {
            rejected[order[k]] = true;
        }
        return rejected;
    }

    /**
     * Upper bound of P(X ≥ successes) for X binomial: exp(−n · KL(k/n ‖ p)), Chernoff 1952 (Hoeffding 1963, Theorem 1). 1 if there are
     * not more than expected.
     */
    public static double binomialTail(long successes, long trials, double probability) {
        if (trials == 0 || successes <= trials * probability) {
            return 1;
        }
        double share = (double) successes / trials;
        double divergence = share * StrictMath.log(share / probability);
        if (share < 1) {
            divergence += (1 - share) * StrictMath.log((1 - share) / (1 - probability));
        }
        return StrictMath.exp(-trials * divergence);
    }
}
