package io.dougong.apps.tabular;

import io.dougong.models.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads a table once and decides which columns a model may see, and why the others not. */
final class Profiler {

    private static final int FEWEST_ROWS = 40;
    private static final int FEWEST_FOR_ID = 100;
    private static final double ID_SHARE = 0.95;
    private static final int MANY_VALUES = 50;
    private static final double MUCH_MISSING = 0.5;
    private static final double LEAK = 0.99;
    private static final double STRONG = 0.95;

    private final Table table;
    private final Options options;
    private final List<String> header;
    private final Map<String, ColumnProfile> columns = new LinkedHashMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, Double> strengths = new TreeMap<>();
    private final RowSample sample;

    private Profiler(Table table, Options options) {
        this.table = table;
        this.options = options;
        this.header = table.header();
        this.sample = new RowSample(header.size(), options.seed());
        header.forEach(name -> columns.put(name, new ColumnProfile(name)));
    }

    static Profile of(Table table, Options options) {
        return new Profiler(table, options).profile();
    }

    private Profile profile() {
        check();
        read();
        ColumnProfile labels = needed(options.label());
        Label label = Label.of(labels, options.task(), options.positive());
        if (label.labelled() < FEWEST_ROWS) {
            throw TableProblem.unfit(
                    "too-few-rows",
                    label.labelled() + " rows have a label; at least " + FEWEST_ROWS + " are needed.",
                    "");
        }
        List<Protected> guarded = options.guarded().stream()
                .map(text -> Protected.of(text, columns, sample, header))
                .toList();
        String time = time();
        List<String> features = features(label, guarded, time);
        if (features.isEmpty()) {
            throw TableProblem.unfit("no-features", "No column is left to learn from.", "Keep one with --keep COLUMN.");
        }
        return new Profile(labels.rows(), columns, label, features, time, guarded, findings, strengths, sample);
    }

    private void check() {
        known("--label", options.label());
        options.guarded().forEach(text -> known("--protected", Protected.column(text)));
        options.drop().forEach(name -> known("--drop", name));
        options.keep().forEach(name -> known("--keep", name));
        String time = options.time();
        if (time != null && !time.isEmpty()) {
            known("--time", time);
        }
    }

    private void known(String option, String name) {
        if (!columns.containsKey(name)) {
            throw TableProblem.unknownColumn(option, name, header);
        }
    }

    private ColumnProfile needed(String name) {
        ColumnProfile column = columns.get(name);
        if (column == null) {
            throw TableProblem.unknownColumn("", name, header);
        }
        return column;
    }

    private void read() {
        List<ColumnProfile> inOrder = List.copyOf(columns.values());
        int label = header.indexOf(options.label());
        long[] rows = {0};
        table.read((line, values) -> {
            rows[0]++;
            for (int i = 0; i < values.length; i++) {
                inOrder.get(i).take(line, values[i]);
            }
            if (values[label] != null) {
                sample.take(values);
            }
        });
        if (rows[0] == 0) {
            throw TableProblem.empty(options.file());
        }
    }

    private String time() {
        String asked = options.time();
        if (asked != null && !asked.isEmpty()) {
            ColumnProfile column = needed(asked);
            ColumnProfile.Odd odd = column.odd();
            if (column.kind() != Kind.TIMESTAMP && !column.kind().numeric() || odd != null) {
                throw odd == null
                        ? TableProblem.unfit(
                                "not-a-time",
                                "The time column '" + asked + "' is "
                                        + column.kind().label() + ".",
                                "It must hold dates, times or numbers that order the rows.")
                        : TableProblem.badValue(options.file(), odd.line(), asked, odd.value(), "a time");
            }
        }
        return asked != null
                ? asked
                : columns.values().stream()
                        .filter(column -> column.kind() == Kind.TIMESTAMP
                                && column.present() == column.rows()
                                && column.odd() == null
                                && column.distinct() > 2
                                && !column.name().equals(options.label()))
                        .map(ColumnProfile::name)
                        .findFirst()
                        .orElse("");
    }

    private List<String> features(Label label, List<Protected> guarded, String time) {
        List<String> features = new ArrayList<>();
        Map<Integer, String> contents = new HashMap<>();
        for (ColumnProfile column : columns.values()) {
            String name = column.name();
            Finding role = role(column, label, guarded, time);
            if (role == null) {
                role = unfit(column, contents, label);
            }
            if (role != null && !(options.keep().contains(name) && mayBeKept(role))) {
                findings.add(role);
                continue;
            }
            remarks(column);
            features.add(name);
        }
        return features;
    }

    private static boolean mayBeKept(Finding finding) {
        return finding.code() == Finding.Code.LEAK
                || finding.code() == Finding.Code.ID_LIKE
                || finding.code() == Finding.Code.DUPLICATE
                || finding.code() == Finding.Code.PROTECTED;
    }

    private static @Nullable Finding role(ColumnProfile column, Label label, List<Protected> guarded, String time) {
        String name = column.name();
        if (name.equals(label.column())) {
            return new Finding(name, Finding.Code.LABEL, true, "what is to be told");
        }
        if (name.equals(time)) {
            return new Finding(name, Finding.Code.TIME, true, "orders the rows: older ones train, newer ones test");
        }
        boolean isGuarded = guarded.stream().anyMatch(each -> each.column().equals(name));
        return isGuarded
                ? new Finding(
                        name, Finding.Code.PROTECTED, true, "protected: fairness is measured by it, no model sees it")
                : null;
    }

    /** Why no model should see the column, or null. */
    private @Nullable Finding unfit(ColumnProfile column, Map<Integer, String> contents, Label label) {
        String name = column.name();
        if (options.drop().contains(name)) {
            return new Finding(name, Finding.Code.DROPPED, true, "as asked");
        }
        if (column.distinct() < 2 && (column.distinct() == 0 || column.present() == column.rows())) {
            return new Finding(
                    name,
                    Finding.Code.CONSTANT,
                    true,
                    column.distinct() == 0 ? "it is empty" : "it is always the same");
        }
        if (column.kind() == Kind.TIMESTAMP) {
            return new Finding(name, Finding.Code.DATE, true, "a date of its own; derive a field from it in app.yaml");
        }
        if (idLike(column)) {
            return new Finding(
                    name,
                    Finding.Code.ID_LIKE,
                    true,
                    "nearly every row has a value of its own, so it names rows and says nothing of others");
        }
        if (column.kind() == Kind.TEXT) {
            return new Finding(
                    name,
                    Finding.Code.TEXT,
                    true,
                    "free text, or more than 1,000 different values (%s)".formatted(many(column)));
        }
        String twin = twin(column, contents);
        if (twin != null) {
            return new Finding(name, Finding.Code.DUPLICATE, true, "it repeats '" + twin + "'");
        }
        return leak(column, label);
    }

    private static String many(ColumnProfile column) {
        return column.distinct() > ColumnProfile.MOST_DISTINCT
                ? "over 100,000"
                : String.format(Locale.ROOT, "%,d", column.distinct());
    }

    private static boolean idLike(ColumnProfile column) {
        if (column.present() < FEWEST_FOR_ID) {
            return false;
        }
        boolean unique = column.distinct() >= column.present() * ID_SHARE
                || column.distinct() > ColumnProfile.MOST_DISTINCT && column.kind() == Kind.INTEGER;
        String lower = column.name().toLowerCase(Locale.ROOT);
        boolean named =
                lower.equals("id") || lower.endsWith("_id") || lower.endsWith(" id") || lower.startsWith("unnamed");
        return switch (column.kind()) {
            case CATEGORY, TEXT -> unique;
            case INTEGER -> column.distinct() == column.present() && column.rising() || unique && named;
            default -> false;
        };
    }

    private @Nullable String twin(ColumnProfile column, Map<Integer, String> contents) {
        @Nullable String[] values = sample.column(header.indexOf(column.name()));
        int print = java.util.Arrays.hashCode(values);
        String before = contents.putIfAbsent(print, column.name());
        return before != null && java.util.Arrays.equals(values, sample.column(header.indexOf(before))) ? before : null;
    }

    private @Nullable Finding leak(ColumnProfile column, Label label) {
        double strength = strength(column, label);
        if (Double.isNaN(strength)) {
            return null;
        }
        strengths.put(column.name(), strength);
        String figure =
                (label.task() == Task.REGRESSION ? "R² " : "AUC ") + String.format(Locale.ROOT, "%.3f", strength);
        if (strength >= LEAK) {
            return new Finding(
                    column.name(),
                    Finding.Code.LEAK,
                    true,
                    "alone it nearly determines the label (" + figure
                            + "), so it was probably written after the label was known; --keep it if not");
        }
        if (strength >= STRONG) {
            findings.add(new Finding(
                    column.name(),
                    Finding.Code.STRONG,
                    false,
                    "alone it tells very much (" + figure + "): make sure it is known when the question is asked"));
        }
        return null;
    }

    /** AUC for classes (of several that of the class it tells least well), R² for a number. */
    private double strength(ColumnProfile column, Label label) {
        @Nullable String[] values = sample.column(header.indexOf(column.name()));
        @Nullable String[] truths = sample.column(header.indexOf(label.column()));
        boolean numeric = column.kind().numeric();
        if (label.task() == Task.REGRESSION) {
            double[] targets = new double[truths.length];
            for (int i = 0; i < targets.length; i++) {
                Double number = truths[i] == null ? null : Values.number(truths[i]);
                targets[i] = number == null ? 0 : number;
            }
            return Strength.explained(values, numeric, targets);
        }
        double least = Double.NaN;
        for (String each : label.task() == Task.BINARY ? List.of(label.positive()) : label.classes()) {
            boolean[] is = new boolean[truths.length];
            for (int i = 0; i < is.length; i++) {
                is[i] = each.equals(truths[i]);
            }
            double auc = Strength.auc(values, numeric, is);
            least = Double.isNaN(least) || auc < least ? auc : least;
        }
        return least;
    }

    private void remarks(ColumnProfile column) {
        ColumnProfile.Odd odd = column.odd();
        if (odd != null) {
            findings.add(new Finding(
                    column.name(),
                    Finding.Code.ODD_VALUES,
                    false,
                    column.odds() + " values are no " + column.kind().label() + " and count as missing, the first '"
                            + odd.value() + "' in line " + odd.line()));
        }
        if (column.missingShare() >= MUCH_MISSING) {
            findings.add(new Finding(
                    column.name(),
                    Finding.Code.MISSING,
                    false,
                    String.format(Locale.ROOT, "%.0f %% of it is missing", 100 * column.missingShare())));
        }
        if (column.kind() == Kind.CATEGORY && column.distinct() > MANY_VALUES) {
            findings.add(new Finding(
                    column.name(), Finding.Code.HIGH_CARDINALITY, false, column.distinct() + " different values"));
        }
    }
}
