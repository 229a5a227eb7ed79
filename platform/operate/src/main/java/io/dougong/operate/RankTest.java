package io.dougong.operate;

import java.util.Arrays;

/**
 * Mann–Whitney U (Mann and Whitney 1947), by which a canary is judged against the champion, as Kayenta does (Netflix and Google 2018):
 * asymptotic, with correction for ties and continuity.
 *
 * @param u pairs in which the first is larger, ties count half
 * @param pGreater one-sided p-value of "the first is stochastically larger"
 * @param superiority u / (n · m): 0.5 if neither is larger
 */
public record RankTest(double u, double pGreater, double superiority) {

    public static RankTest of(double[] first, double[] second) {
        int n = first.length;
        int m = second.length;
        if (n == 0 || m == 0) {
            return new RankTest(Double.NaN, 1, 0.5);
        }
        double[] a = first.clone();
        double[] b = second.clone();
        Arrays.sort(a);
        Arrays.sort(b);
        double u = wins(a, b);
        double pairs = (double) n * m;
        double variance = pairs / 12 * ((n + m + 1.0) - ties(a, b) / ((n + m) * (n + m - 1.0)));
        double z = variance <= 0 ? 0 : (u - pairs / 2 - 0.5) / StrictMath.sqrt(variance);
        return new RankTest(u, variance <= 0 ? 1 : Normal.above(z), u / pairs);
    }

    private static double wins(double[] a, double[] b) {
        double wins = 0;
        int below = 0;
        int notAbove = 0;
        for (double value : a) {
            while (below < b.length && b[below] < value) {
                below++;
            }
            while (notAbove < b.length && b[notAbove] <= value) {
                notAbove++;
            }
            wins += (below + notAbove) / 2.0;
        }
        return wins;
    }

    /** Σ t³ − t over groups of equal values. */
    private static double ties(double[] a, double[] b) {
        double[] all = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        Arrays.sort(all);
        double sum = 0;
        for (int start = 0; start < all.length; ) {
            int end = start;
            while (end < all.length && all[end] == all[start]) {
                end++;
            }
            double t = end - start;
            sum += t * t * t - t;
            start = end;
        }
        return sum;
    }
}
