package io.dougong.apps.tabular;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A column by which people must not be treated differently, and how its values make groups: texts as they are, numbers above and not above
 * a bound.
 *
 * @param bound of a numeric column; NaN for texts
 */
record Protected(String column, double bound) {

    private static final Pattern CONDITION = Pattern.compile("(.+?)\\s*<=\\s*(-?[0-9.]+)");
    private static final int MOST_GROUPS = 12;

    /** @param text a column, or {@code column<=number} */
    static Protected of(String text, Map<String, ColumnProfile> columns, RowSample sample, List<String> header) {
        Matcher condition = CONDITION.matcher(text);
        if (condition.matches()) {
            return new Protected(condition.group(1), Double.parseDouble(condition.group(2)));
        }
        ColumnProfile column = columns.get(text);
        if (column == null) {
            throw TableProblem.unknownColumn("--protected", text, header);
        }
        if (column.kind().numeric() && column.distinct() > MOST_GROUPS) {
            return new Protected(text, median(sample.column(header.indexOf(text))));
        }
        if (column.distinct() > MOST_GROUPS * 4) {
            throw TableProblem.unfit(
                    "too-many-groups",
                    "The protected column '" + text + "' has " + column.distinct() + " different values.",
                    "Group them first.");
        }
        return new Protected(text, Double.NaN);
    }

    static String column(String text) {
        Matcher condition = CONDITION.matcher(text);
        return condition.matches() ? condition.group(1) : text;
    }

    private static double median(@Nullable String[] values) {
        List<Double> numbers = new ArrayList<>();
        Arrays.stream(values).forEach(value -> {
            Double number = value == null ? null : Values.number(value);
            if (number != null) {
                numbers.add(number);
            }
        });
        numbers.sort(null);
        return numbers.isEmpty() ? 0 : numbers.get((numbers.size() - 1) / 2);
    }

    /** The group of a value; null if it is missing. */
    @Nullable
    String group(@Nullable String value) {
        if (value == null || Double.isNaN(bound)) {
            return value;
        }
        Double number = Values.number(value);
        if (number == null) {
            return null;
        }
        return (number <= bound ? "≤ " : "> ") + Layout.shown(bound);
    }
}
