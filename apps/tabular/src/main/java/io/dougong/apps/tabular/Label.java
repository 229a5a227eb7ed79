package io.dougong.apps.tabular;

import io.dougong.models.Task;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is to be learned.
 *
 * @param classes the values, the positive one first; empty for a number
 * @param positiveShare of the labelled rows; NaN unless there are two classes
 */
record Label(String column, Task task, List<String> classes, double positiveShare, long labelled) {

    private static final int MOST_CLASSES = 50;
    private static final Set<String> EVENTS = Set.of(
            "1",
            "true",
            "yes",
            "y",
            "t",
            "bad",
            "default",
            "defaulted",
            "churn",
            "churned",
            "fraud",
            "late",
            "positive",
            "pos",
            "fail",
            "failed",
            "failure",
            "event",
            "sick",
            "died",
            "dead",
            "spam",
            "1.0");

    Label {
        classes = List.copyOf(classes);
    }

    /**
     * @param task as asked for, or null to tell it from the values
     * @param positive the class to predict as asked for, or null
     */
    static Label of(ColumnProfile column, @Nullable Task task, @Nullable String positive) {
        Map<String, Long> values = column.texts();
        Task found = task == null ? told(column) : task;
        if (found == Task.REGRESSION) {
            if (!column.kind().numeric()) {
                throw TableProblem.unfit(
                        "label-not-a-number",
                        "The label '" + column.name() + "' is " + column.kind().label() + ", no number.",
                        "Use --task binary or multiclass.");
            }
            return new Label(column.name(), found, List.of(), Double.NaN, column.present() - column.odds());
        }
        if (column.distinct() < 2) {
            throw TableProblem.unfit(
                    "one-class",
                    "The label '" + column.name() + "' has " + column.distinct() + " different values.",
                    "At least two are needed.");
        }
        if (column.distinct() > (found == Task.BINARY ? 2 : MOST_CLASSES)) {
            throw TableProblem.unfit(
                    "too-many-classes",
                    "The label '" + column.name() + "' has " + column.distinct() + " different values.",
                    found == Task.BINARY ? "Maybe --task multiclass." : "Maybe it is the wrong column.");
        }
        return found == Task.BINARY ? binary(column, values, positive) : several(column, values);
    }

    private static Task told(ColumnProfile column) {
        if (column.distinct() <= 2) {
            return Task.BINARY;
        }
        boolean number = column.kind() == Kind.NUMBER || column.kind() == Kind.INTEGER && column.distinct() > 20;
        return number ? Task.REGRESSION : Task.MULTICLASS;
    }

    private static Label binary(ColumnProfile column, Map<String, Long> values, @Nullable String positive) {
        if (positive != null && !values.containsKey(positive)) {
            throw TableProblem.unfit(
                    "no-such-class",
                    "The label '" + column.name() + "' is never '" + positive + "'.",
                    "It is one of "
                            + String.join(
                                    ", ", values.keySet().stream().sorted().toList()) + ".");
        }
        String chosen = positive == null ? event(values) : positive;
        String other = values.keySet().stream()
                .filter(value -> !value.equals(chosen))
                .findFirst()
                .orElseThrow();
        double share = (double) values.getOrDefault(chosen, 0L) / column.present();
        return new Label(column.name(), Task.BINARY, List.of(chosen, other), share, column.present());
    }

    /** The class that people ask about: by its name, else the rarer one. */
    private static String event(Map<String, Long> values) {
        List<String> named = values.keySet().stream()
                .filter(value -> EVENTS.contains(value.toLowerCase(Locale.ROOT)))
                .toList();
        return named.size() == 1
                ? named.getFirst()
                : values.entrySet().stream()
                        .min(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                        .orElseThrow()
                        .getKey();
    }

    private static Label several(ColumnProfile column, Map<String, Long> values) {
        List<String> classes = values.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
        return new Label(column.name(), Task.MULTICLASS, classes, Double.NaN, column.present());
    }

    String positive() {
        return classes.getFirst();
    }

    String negative() {
        return classes.getLast();
    }
}
