package io.dougong.flow.pipeline;

import io.dougong.documents.Faults;
import io.dougong.documents.Node;
import io.dougong.kernel.Suggest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads {@code rules}, {@code when} and, as rules, {@code only}. */
final class RuleReader {

    private final Faults faults;
    private final Fields fields;

    RuleReader(Faults faults, Fields fields) {
        this.faults = faults;
        this.fields = fields;
    }

    List<Pipeline.Rule> rules(Node.Entries map, List<String> notes) {
        if (!map.has("rules")) {
            return List.of();
        }
        List<Pipeline.Rule> rules = new ArrayList<>();
        for (Node node : flat(map.items("rules"))) {
            if (node instanceof Node.Entries rule) {
                rules.add(rule(rule, notes));
            } else {
                faults.atValue(
                        node.path(), "Expected a rule, found " + node.kind() + ".", "Write e.g. - if: $X == \"y\".");
            }
        }
        if (rules.isEmpty()) {
            faults.atValue(
                    map.path() + ".rules",
                    "Expected a list of rules.",
                    "Write e.g. - if: $CI_COMMIT_BRANCH == \"main\".");
        }
        return rules;
    }

    private static List<Node> flat(List<Node> items) {
        List<Node> flat = new ArrayList<>();
        items.forEach(item -> {
            if (item instanceof Node.Items inner) {
                flat.addAll(flat(inner.items()));
            } else {
                flat.add(item);
            }
        });
        return flat;
    }

    private Pipeline.Rule rule(Node.Entries rule, List<String> notes) {
        rule.entries().forEach((key, entry) -> {
            if (!Keys.RULE.contains(key)) {
                faults.add(
                        entry.keyAt(), entry.node().path(), "Unknown key '" + key + "'.", Suggest.near(key, Keys.RULE));
            } else if (key.equals("changes") || key.equals("needs")) {
                notes.add(entry.keyAt().line() + ":" + entry.keyAt().column() + " "
                        + entry.node().path() + " is not looked at: there is no push to compare with.");
            }
        });
        String condition = rule.find("if").map(this::condition).orElse("");
        return new Pipeline.Rule(
                condition,
                fields.texts(rule, "exists"),
                when(rule).orElse(Pipeline.When.ON_SUCCESS),
                fields.variables(rule),
                fields.flag(rule, "allow_failure"));
    }

    private String condition(Node node) {
        String text = Node.text(node);
        try {
            Condition.Test _ = Condition.parse(text);
        } catch (Condition.Malformed wrong) {
            faults.atValue(
                    node.path(),
                    "In '" + text + "': " + wrong.getMessage() + ".",
                    "Write e.g. $CI_COMMIT_BRANCH == \"main\".");
            return "";
        }
        return text;
    }

    Optional<Pipeline.When> when(Node.Entries map) {
        List<String> words = Arrays.stream(Pipeline.When.values())
                .map(when -> when.name().toLowerCase(Locale.ROOT))
                .toList();
        return map.find("when").flatMap(node -> {
            String word = Node.text(node);
            if (word.equals("delayed")) {
                return Optional.of(Pipeline.When.ON_SUCCESS);
            }
            if (!words.contains(word)) {
                faults.atValue(node.path(), "'" + word + "' is no time to run.", Suggest.near(word, words));
                return Optional.empty();
            }
            return Optional.of(Pipeline.When.valueOf(word.toUpperCase(Locale.ROOT)));
        });
    }

    /** {@code only: [main, /^release/]} as rules. */
    List<Pipeline.Rule> only(Node.Entries job) {
        Node only = job.find("only").orElseThrow();
        Node.Entries holder = only instanceof Node.Entries map ? map : job;
        String key = only instanceof Node.Entries ? "refs" : "only";
        if (only instanceof Node.Entries map) {
            map.entries().keySet().stream()
                    .filter(other -> !other.equals("refs"))
                    .forEach(other ->
                            faults.atKey(map.path(), "'only: " + other + "' is not read here.", "Write it as rules."));
        }
        return fields.texts(holder, key).stream()
                .map(ref -> ref.equals("branches") || ref.equals("pushes")
                        ? "$CI_COMMIT_BRANCH"
                        : ref.startsWith("/") ? "$CI_COMMIT_BRANCH =~ " + ref : "$CI_COMMIT_BRANCH == \"" + ref + "\"")
                .map(condition ->
                        new Pipeline.Rule(condition, List.of(), Pipeline.When.ON_SUCCESS, Map.of(), Optional.empty()))
                .toList();
    }
}
