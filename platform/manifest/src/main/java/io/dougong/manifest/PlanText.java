package io.dougong.manifest;

import io.dougong.documents.Plain;
import io.dougong.kernel.Json;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A plan for people and for programs. */
final class PlanText {

    private PlanText() {}

    static String of(Plan plan) {
        if (plan.isEmpty()) {
            return "Nothing changes.\n";
        }
        String changes = plan.changes().stream().map(PlanText::change).collect(Collectors.joining());
        return plan.refusals().isEmpty() ? changes : changes + "This cannot be applied.\n";
    }

    private static String change(Change change) {
        StringBuilder text =
                new StringBuilder(sign(change) + " " + change.part().label() + " " + change.name());
        switch (change) {
            case Change.Affected affected ->
                text.append(" (because of ")
                        .append(String.join(", ", affected.because()))
                        .append(")\n");
            case Change.Changed changed -> {
                text.append('\n');
                changed.differences()
                        .forEach(difference -> text.append("    ")
                                .append(difference(difference))
                                .append('\n'));
            }
            case Change.Added _, Change.Removed _ -> text.append('\n');
        }
        if (change.refusals().isEmpty()) {
            change.consequences()
                    .forEach(consequence ->
                            text.append("    → ").append(consequence.sentence()).append('\n'));
        }
        change.refusals()
                .forEach(refusal ->
                        text.append("    ! refused: ").append(refusal).append('\n'));
        return text.toString();
    }

    private static String sign(Change change) {
        return switch (change) {
            case Change.Added _ -> "+";
            case Change.Removed _ -> "-";
            case Change.Changed _, Change.Affected _ -> "~";
        };
    }

    private static String difference(Change.Difference difference) {
        if (difference.before().isEmpty()) {
            return difference.path() + ": added " + difference.after();
        }
        return difference.after().isEmpty()
                ? difference.path() + ": removed, was " + difference.before()
                : difference.path() + ": " + difference.before() + " → " + difference.after();
    }

    static byte[] json(Plan plan) {
        return Json.bytes(Plain.map(
                "changes", plan.changes().stream().map(PlanText::document).toList(),
                "refusals", plan.refusals()));
    }

    private static Map<String, Object> document(Change change) {
        return Plain.map(
                "change", change.getClass().getSimpleName().toLowerCase(Locale.ROOT),
                "part", Grammar.word(change.part()),
                "name", change.name(),
                "differences", change instanceof Change.Changed changed ? changed.differences() : null,
                "because", change instanceof Change.Affected affected ? affected.because() : null,
                "consequences",
                        change.consequences().stream().map(PlanText::document).toList(),
                "refusals", change.refusals().isEmpty() ? null : change.refusals());
    }

    private static Map<String, Object> document(Consequence consequence) {
        return Plain.map("effect", Grammar.word(consequence), "text", consequence.sentence());
    }
}
