package io.dougong.apps.tabular;

import io.dougong.models.Bootstrap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * How one group fares against the largest one, with bootstrap intervals.
 *
 * @param parity share of favourable outcomes of the group less that of the reference (statistical parity difference)
 * @param opportunity the same among those who deserve it (equal opportunity difference; Hardt et al., NeurIPS 2016)
 */
record Fairness(
        String column,
        String group,
        String reference,
        String favourable,
        long rows,
        double favourableShare,
        Difference parity,
        Difference opportunity) {

    private static final int FEWEST_ROWS = 20;
    private static final double LEVEL = 0.95;
    private static final int REPLICATES = 200;

    /** Zero is even; NaN if it cannot be measured. */
    record Difference(double value, double low, double high) {}

    /**
     * @param groups of the rows; null where unknown
     * @param given whether each row got the favourable outcome
     * @param deserved whether each row's truth was the favourable one
     */
    static List<Fairness> of(
            String column,
            String favourable,
            List<@Nullable String> groups,
            boolean[] given,
            boolean[] deserved,
            long seed) {
        Map<String, Long> sizes = new TreeMap<>();
        for (String group : groups) {
            if (group != null) {
                sizes.merge(group, 1L, Long::sum);
            }
        }
        List<Fairness> all = new ArrayList<>();
        if (sizes.size() < 2) {
            return all;
        }
        String reference = sizes.entrySet().stream()
                .max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .orElseThrow()
                .getKey();
        Bootstrap bootstrap = new Bootstrap(seed, REPLICATES);
        sizes.forEach((group, rows) -> {
            if (!group.equals(reference) && rows >= FEWEST_ROWS) {
                ToDoubleFunction<int[]> parity =
                        drawn -> rate(drawn, groups, group, given, null) - rate(drawn, groups, reference, given, null);
                ToDoubleFunction<int[]> opportunity = drawn ->
                        rate(drawn, groups, group, given, deserved) - rate(drawn, groups, reference, given, deserved);
                all.add(new Fairness(
                        column,
                        group,
                        reference,
                        favourable,
                        rows,
                        rate(every(given.length), groups, group, given, null),
                        difference(bootstrap.interval(given.length, LEVEL, parity)),
                        difference(bootstrap.interval(given.length, LEVEL, opportunity))));
            }
        });
        return all;
    }

    private static int[] every(int rows) {
        return java.util.stream.IntStream.range(0, rows).toArray();
    }

    private static Difference difference(Bootstrap.Interval interval) {
        return new Difference(interval.estimate(), interval.low(), interval.high());
    }

    /** The share of the group's drawn rows with the favourable outcome; of the deserving ones if given. */
    private static double rate(
            int[] drawn, List<@Nullable String> groups, String group, boolean[] given, boolean @Nullable [] deserved) {
        int rows = 0;
        int favoured = 0;
        for (int row : drawn) {
            if (group.equals(groups.get(row)) && (deserved == null || deserved[row])) {
                rows++;
                favoured += given[row] ? 1 : 0;
            }
        }
        return rows == 0 ? Double.NaN : (double) favoured / rows;
    }
}
