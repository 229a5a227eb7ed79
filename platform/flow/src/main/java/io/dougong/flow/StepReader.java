package io.dougong.flow;

import io.dougong.documents.Durations;
import io.dougong.documents.Node;
import io.dougong.documents.Plain;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes steps of a document that has the right shape: one that was checked, or one that was recorded. */
final class StepReader {

    private final Map<String, StepKind> kinds;

    StepReader(Map<String, StepKind> kinds) {
        this.kinds = kinds;
    }

    /** Steps that a journal keeps, all in their long form. */
    static List<Step> recorded(Node steps) {
        return new StepReader(Map.of()).steps(Node.map(steps));
    }

    List<Step> steps(Node.Entries map) {
        return map.entries().entrySet().stream()
                .map(entry -> step(entry.getKey(), Node.map(entry.getValue().node())))
                .toList();
    }

    private Step step(String id, Node.Entries map) {
        Step.Head head = head(id, map);
        if (map.has("wait")) {
            return new Step.Wait(head, map.text("wait"), values(map, "keys"), lapse(map, "timeout"));
        } else if (map.has("approval")) {
            return new Step.Approval(head, map.text("approval"), lapse(map, "timeout"));
        } else if (map.has("call")) {
            return new Step.Call(head, map.text("call"), values(map, "parameters"));
        } else if (map.has("foreach")) {
            int parallel = map.has("at_once") ? map.whole("at_once") : 1;
            String as = map.textIfAny("as").orElse("");
            return new Step.Foreach(head, map.text("foreach"), as, parallel, steps(map.map("steps")));
        } else if (map.has("while")) {
            int most = map.has("most") ? map.whole("most") : 1000;
            return new Step.While(head, map.text("while"), most, steps(map.map("steps")));
        } else if (map.has("branch")) {
            return new Step.Branch(
                    head,
                    map.items("branch").stream().map(Node::map).map(this::arm).toList());
        } else if (map.has("parallel")) {
            return new Step.Parallel(head, steps(map.map("parallel")));
        }
        return work(head, map);
    }

    private Step.Arm arm(Node.Entries map) {
        return new Step.Arm(map.textIfAny("when").orElse(""), steps(map.map("steps")));
    }

    private Step.Work work(Step.Head head, Node.Entries map) {
        String kind = kind(map);
        return new Step.Work(
                head,
                kind,
                settings(kind, map),
                map.find("retry").map(Node::map).map(StepReader::retries).orElse(Retry.Policies.USUAL),
                lapse(map, "timeout"),
                lapse(map, "cache"),
                map.find("undo").map(Node::map).map(this::undo));
    }

    private Step.Undo undo(Node.Entries map) {
        String kind = kind(map);
        return new Step.Undo(kind, settings(kind, map));
    }

    static String kind(Node.Entries map) {
        return map.entries().keySet().stream()
                .filter(key -> !WorkflowGrammar.structure().contains(key))
                .findFirst()
                .orElse("");
    }

    private Map<String, Object> settings(String kind, Node.Entries map) {
        Node under = map.find(kind).orElse(map);
        if (under instanceof Node.Entries entries) {
            return plain(entries);
        }
        StepKind known = kinds.get(kind);
        Map<String, @Nullable Object> brief = new LinkedHashMap<>();
        brief.put(known == null || known.brief().isEmpty() ? "value" : known.brief(), Plain.of(under));
        return Values.plainMap(brief);
    }

    private static Step.Head head(String id, Node.Entries map) {
        return new Step.Head(
                id,
                map.has("needs") ? Optional.of(map.texts("needs")) : Optional.empty(),
                map.textIfAny("when").orElse(""),
                map.textIfAny("on").map(word -> word(Step.On.class, word)).orElse(Step.On.SUCCESS),
                map.has("may_fail") && map.flag("may_fail"));
    }

    private static Retry.Policies retries(Node.Entries map) {
        Retry.Policies usual = Retry.Policies.USUAL;
        return new Retry.Policies(
                map.find("user").map(Node::map).map(StepReader::retry).orElse(usual.user()),
                map.find("platform").map(Node::map).map(StepReader::retry).orElse(usual.platform()),
                map.find("timeout").map(Node::map).map(StepReader::retry).orElse(usual.timeout()));
    }

    private static Retry retry(Node.Entries map) {
        Retry usual = Retry.NEVER;
        return new Retry(
                map.whole("times"),
                lapse(map, "backoff").orElse(usual.backoff()),
                map.has("factor") ? map.decimal("factor") : usual.factor(),
                lapse(map, "longest").orElse(usual.longest()),
                map.has("jitter") ? map.decimal("jitter") : usual.jitter());
    }

    private static Optional<Duration> lapse(Node.Entries map, String key) {
        return map.textIfAny(key).map(Durations::read);
    }

    static Map<String, Object> values(Node.Entries map, String key) {
        return map.has(key) ? plain(map.map(key)) : Map.of();
    }

    private static Map<String, Object> plain(Node.Entries entries) {
        return Plain.of(entries) instanceof Map<?, ?> map ? Values.plainMap(named(map)) : Map.of();
    }

    private static Map<String, @Nullable Object> named(Map<?, ?> map) {
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        map.forEach((key, value) -> named.put(String.valueOf(key), value));
        return named;
    }

    static <E extends Enum<E>> E word(Class<E> type, String word) {
        return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
    }
}
