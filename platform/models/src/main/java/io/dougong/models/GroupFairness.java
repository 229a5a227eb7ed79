package io.dougong.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How one group fares against the largest one, with bootstrap intervals. NaN where a figure is not defined, e.g. because nobody of the group
 * deserved the favourable outcome.
 *
 * @param favourable share of the group's rows with the favourable outcome
 * @param parity that share less the reference's (statistical parity difference); 0 is even
 * @param opportunity the same among those who deserved it (equal opportunity difference; Hardt, Price and Srebro, NeurIPS 2016)
 * @param odds mean of the differences among those who deserved it and those who did not (average odds difference)
 * @param impact that share divided by the reference's (disparate impact ratio); 1 is even, below 0.8 fails the four-fifths rule of the
 *     US Uniform Guidelines (29 CFR 1607.4)
 */
public record GroupFairness(
        String group,
        String reference,
        long rows,
        double favourable,
        Bootstrap.Interval parity,
        Bootstrap.Interval opportunity,
        Bootstrap.Interval odds,
        Bootstrap.Interval impact) {

    private static final int FEWEST_ROWS = 20;
    private static final double LEVEL = 0.95;

    /**
     * Every group of at least 20 rows but the largest.
     *
     * @param groups of the rows; null where unknown
     * @param given whether each row got the favourable outcome
     * @param deserved whether each row's truth was the favourable one
     */
    public static List<GroupFairness> of(
            List<@Nullable String> groups, boolean[] given, boolean[] deserved, Bootstrap bootstrap) {
        Map<String, Long> sizes = new TreeMap<>();
        for (String group : groups) {
            if (group != null) {
                sizes.merge(group, 1L, Long::sum);
            }
        }
        String reference = sizes.entrySet().stream()
                .max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse("");
        List<GroupFairness> all = new ArrayList<>();
        sizes.forEach((group, rows) -> {
            if (!group.equals(reference) && rows >= FEWEST_ROWS) {
                all.add(of(group, reference, rows, new Cells(groups, group, reference, given, deserved), bootstrap));
            }
        });
        return all;
    }

    private static GroupFairness of(String group, String reference, long rows, Cells cells, Bootstrap bootstrap) {
        return new GroupFairness(
                group,
                reference,
                rows,
                cells.count(IntStream.range(0, cells.rows()).toArray()).share(0),
                cells.interval(bootstrap, counts -> counts.share(0) - counts.share(1)),
                cells.interval(bootstrap, counts -> counts.rate(0, 1) - counts.rate(1, 1)),
                cells.interval(
                        bootstrap,
                        counts -> (counts.rate(0, 1) - counts.rate(1, 1) + counts.rate(0, 0) - counts.rate(1, 0)) / 2),
                cells.interval(bootstrap, counts -> counts.share(0) / counts.share(1)));
    }

    /** Which of the eight cells each row falls into: group or reference, deserved or not, given or not. */
    private static final class Cells {

        private static final int NEITHER = -1;

        private final int[] cells;

        Cells(List<@Nullable String> groups, String group, String reference, boolean[] given, boolean[] deserved) {
            cells = new int[groups.size()];
            for (int row = 0; row < cells.length; row++) {
                String own = groups.get(row);
                int side = group.equals(own) ? 0 : reference.equals(own) ? 1 : NEITHER;
                cells[row] = side == NEITHER ? NEITHER : side << 2 | (deserved[row] ? 2 : 0) | (given[row] ? 1 : 0);
            }
        }

        int rows() {
            return cells.length;
        }

        Counts count(int[] drawn) {
            long[] counts = new long[8];
            for (int row : drawn) {
                if (cells[row] != NEITHER) {
                    counts[cells[row]]++;
                }
            }
            return new Counts(counts);
        }

        Bootstrap.Interval interval(Bootstrap bootstrap, ToDoubleFunction<Counts> figure) {
            return bootstrap.interval(cells.length, LEVEL, drawn -> finite(figure.applyAsDouble(count(drawn))));
        }

        private static double finite(double figure) {
            return Double.isInfinite(figure) ? Double.NaN : figure;
        }
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Counts(long[] cells) {

        /** Share of the side's rows that were given the favourable outcome. */
        double share(int side) {
            long given = at(side, 0, 1) + at(side, 1, 1);
            return (double) given / (given + at(side, 0, 0) + at(side, 1, 0));
        }

        /** The same among those who deserved it (1) or did not (0). */
        double rate(int side, int deserved) {
            return (double) at(side, deserved, 1) / (at(side, deserved, 1) + at(side, deserved, 0));
        }

        private long at(int side, int deserved, int given) {
            return cells[side << 2 | deserved << 1 | given];
        }
    }
}
