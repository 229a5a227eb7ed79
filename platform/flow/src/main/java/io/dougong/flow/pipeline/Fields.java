package io.dougong.flow.pipeline;

import io.dougong.documents.Faults;
import io.dougong.documents.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads values of pipeline files, which may be written in several ways; what fits none is a mistake. */
final class Fields {

    private static final Pattern LAPSE = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([a-z]+)");
    private static final Map<Character, Long> UNIT_SECONDS =
            Map.of('s', 1L, 'm', 60L, 'h', 3_600L, 'd', 86_400L, 'w', 604_800L);

    private final Faults faults;

    Fields(Faults faults) {
        this.faults = faults;
    }

    /** One text or a list of them, lists in lists flattened, as anchors leave them. */
    List<String> texts(Node.Entries map, String key) {
        List<String> texts = new ArrayList<>();
        map.find(key).ifPresent(node -> flatten(node, texts, 0));
        return texts;
    }

    private void flatten(Node node, List<String> texts, int depth) {
        switch (node) {
            case Node.Value value when value.value() != null -> texts.add(value.text());
            case Node.Items items when depth < 10 -> items.items().forEach(item -> flatten(item, texts, depth + 1));
            default ->
                faults.atValue(
                        node.path(),
                        "Expected a text or a list of texts, found " + node.kind() + ".",
                        "A command with ': ' in it needs quotes.");
        }
    }

    Map<String, String> variables(Node.Entries map) {
        Map<String, String> variables = new LinkedHashMap<>();
        map.find("variables").ifPresent(node -> {
            if (!(node instanceof Node.Entries entries)) {
                faults.atValue(node.path(), "Expected a map of variables, found " + node.kind() + ".", "");
                return;
            }
            entries.entries().forEach((name, entry) -> variables.put(name, variable(entry.node())));
        });
        return variables;
    }

    private String variable(Node node) {
        return switch (node) {
            case Node.Value value -> value.value() == null ? "" : value.text();
            case Node.Entries entries when entries.find("value").isPresent() -> entries.text("value");
            default -> {
                faults.atValue(node.path(), "Expected a value, found " + node.kind() + ".", "");
                yield "";
            }
        };
    }

    Optional<Duration> lapse(Node.Entries map, String key) {
        return map.find(key).map(node -> {
            long seconds = 0;
            Matcher part = LAPSE.matcher(Node.text(node));
            while (part.find()) {
                long unit = UNIT_SECONDS.getOrDefault(part.group(2).charAt(0), 0L);
                seconds += (long) (Double.parseDouble(part.group(1)) * unit);
            }
            if (seconds == 0) {
                faults.atValue(node.path(), "Expected a duration, found " + node.kind() + ".", "Write e.g. 1h 30m.");
            }
            return Duration.ofSeconds(Math.max(1, seconds));
        });
    }

    Optional<Boolean> flag(Node.Entries map, String key) {
        return map.find(key).map(node -> {
            if (node instanceof Node.Value value && value.value() instanceof Boolean flag) {
                return flag;
            }
            String advice =
                    node instanceof Node.Entries ? "Exit codes are not told apart here; write true or false." : "";
            faults.atValue(node.path(), "Expected true or false, found " + node.kind() + ".", advice);
            return false;
        });
    }

    static String note(Node.Entry entry, String key) {
        String why = Keys.UNUSED.getOrDefault(key, "");
        return entry.keyAt().line() + ":" + entry.keyAt().column() + " "
                + entry.node().path() + " is not used here." + (why.isEmpty() ? "" : " " + why);
    }
}
