package io.dougong.apps.tabular;

import io.dougong.decisions.Score;
import io.dougong.models.Bootstrap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How far a model's answers differ between a group and the largest one, where there is no favourable class: of a number the mean of what is
 * predicted, of what is predicted less the truth (above zero: the group is overestimated more), and of the absolute error; of several
 * classes the accuracy. With bootstrap intervals; zero is even.
 */
record GroupFigures(
        String column, String group, String reference, long rows, Map<String, Fairness.Difference> differences) {

    private static final int FEWEST_ROWS = 20;
    private static final double LEVEL = 0.95;
    private static final int REPLICATES = 200;

    GroupFigures {
        differences = Collections.unmodifiableMap(new LinkedHashMap<>(differences));
    }

    /** @param groups of the rows; null where unknown */
    static List<GroupFigures> of(
            String column, List<@Nullable String> groups, List<Score> scores, List<Object> truths, long seed) {
        Map<String, Long> sizes = new TreeMap<>();
        groups.stream().filter(group -> group != null).forEach(group -> sizes.merge(group, 1L, Long::sum));
        List<GroupFigures> all = new ArrayList<>();
        if (sizes.size() < 2) {
            return all;
        }
        String reference = sizes.entrySet().stream()
                .max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .orElseThrow()
                .getKey();
        Map<String, double[]> figures = figures(scores, truths);
        Bootstrap bootstrap = new Bootstrap(seed, REPLICATES);
        sizes.forEach((group, rows) -> {
            if (!group.equals(reference) && rows >= FEWEST_ROWS) {
                Map<String, Fairness.Difference> differences = new LinkedHashMap<>();
                figures.forEach((name, values) ->
                        differences.put(name, difference(bootstrap, groups, group, reference, values)));
                all.add(new GroupFigures(column, group, reference, rows, differences));
            }
        });
        return all;
    }

    /** Per row. */
    private static Map<String, double[]> figures(List<Score> scores, List<Object> truths) {
        Map<String, double[]> figures = new LinkedHashMap<>();
        int rows = scores.size();
        if (scores.isEmpty() || !(scores.getFirst() instanceof Score.Amount)) {
            figures.put("accuracy", each(rows, row -> top(scores.get(row)).equals(truths.get(row)) ? 1 : 0));
            return figures;
        }
        double[] predicted = each(rows, row -> scores.get(row).margin());
        double[] errors = each(rows, row -> predicted[row] - ((Number) truths.get(row)).doubleValue());
        figures.put("mean_prediction", predicted);
        figures.put("mean_error", errors);
        figures.put("mean_absolute_error", each(rows, row -> Math.abs(errors[row])));
        return figures;
    }

    private static String top(Score score) {
        return score instanceof Score.Classes classes ? classes.top() : "";
    }

    private static double[] each(int rows, IntToDoubleFunction value) {
        return IntStream.range(0, rows).mapToDouble(value).toArray();
    }

    private static Fairness.Difference difference(
            Bootstrap bootstrap, List<@Nullable String> groups, String group, String reference, double[] values) {
        Bootstrap.Interval interval = bootstrap.interval(
                values.length,
                LEVEL,
                drawn -> mean(drawn, groups, group, values) - mean(drawn, groups, reference, values));
        return new Fairness.Difference(interval.estimate(), interval.low(), interval.high());
    }

    private static double mean(int[] drawn, List<@Nullable String> groups, String group, double[] values) {
        double sum = 0;
        int rows = 0;
        for (int row : drawn) {
            if (group.equals(groups.get(row))) {
                sum += values[row];
                rows++;
            }
        }
        return rows == 0 ? Double.NaN : sum / rows;
    }
}
