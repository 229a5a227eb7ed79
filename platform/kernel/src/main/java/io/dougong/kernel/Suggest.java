package io.dougong.kernel;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** "Did you mean …": the nearest known name by edit distance (Damerau–Levenshtein, optimal string alignment). */
public final class Suggest {

    private Suggest() {}

    /** A sentence that offers the nearest name, or lists the known ones if none is near. */
    public static String near(String name, Collection<String> known) {
        if (known.isEmpty()) {
            return "";
        }
        return nearest(name, known)
                .map(best -> "Did you mean '" + best + "'?")
                .orElseGet(() -> "Known: " + known.stream().sorted().limit(12).toList() + ".");
    }

    /** The nearest known name, if at most a third of the name would have to change. */
    public static Optional<String> nearest(String name, Collection<String> known) {
        int most = Math.max(1, (name.length() + 2) / 3);
        return known.stream()
                .filter(candidate -> distance(name, candidate) <= most)
                .min(Comparator.comparingInt((String candidate) -> distance(name, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                d[i][j] = i == 0 ? j : j == 0 ? i : step(d, a, b, i, j);
            }
        }
        return d[a.length()][b.length()];
    }

    private static int step(int[][] d, String a, String b, int i, int j) {
        int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1), d[i - 1][j - 1] + cost);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, d[i - 2][j - 2] + 1) : best;
    }
}
