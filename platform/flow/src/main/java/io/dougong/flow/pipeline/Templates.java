package io.dougong.flow.pipeline;

import io.dougong.documents.Faults;
import io.dougong.documents.Node;
import io.dougong.kernel.Suggest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What jobs take from others: merge keys of YAML ({@code <<}), and {@code extends}, where maps are merged and lists replaced. */
final class Templates {

    private static final int MOST_LEVELS = 11;
    private static final String MERGE = "<<";
    private static final String EXTENDS = "extends";

    private final Node.Entries root;
    private final Faults faults;

    Templates(Node.Entries root, Faults faults) {
        this.root = root;
        this.faults = faults;
    }

    /** The job with everything it takes from others. */
    Node.Entries whole(Node.Entries job) {
        return extended(job, new ArrayList<>());
    }

    private Node.Entries extended(Node.Entries job, List<String> way) {
        Node.Entries own = merged(job);
        if (!own.has(EXTENDS)) {
            return own;
        }
        Node.Entries whole = new Node.Entries(job.at(), job.path(), Map.of());
        for (Node base : bases(own)) {
            whole = over(base(Node.text(base), base.path(), way), whole, job.path());
        }
        return without(over(own, whole, job.path()), EXTENDS);
    }

    private static List<Node> bases(Node.Entries job) {
        Node named = job.find(EXTENDS).orElseThrow();
        return named instanceof Node.Items ? job.items(EXTENDS) : List.of(named);
    }

    private Node.Entries base(String name, String path, List<String> way) {
        Node.Entries nothing = new Node.Entries(root.at(), path, Map.of());
        if (root.find(name).isEmpty() || !(root.find(name).get() instanceof Node.Entries found)) {
            List<String> known = root.entries().keySet().stream()
                    .filter(key -> !Keys.GLOBAL.contains(key))
                    .toList();
            faults.atValue(path, "There is no job '" + name + "' to extend.", Suggest.near(name, known));
            return nothing;
        }
        if (way.contains(name) || way.size() == MOST_LEVELS) {
            faults.atValue(path, "The jobs extend each other: " + String.join(", ", way) + ", " + name + ".", "");
            return nothing;
        }
        List<String> further = new ArrayList<>(way);
        further.add(name);
        return extended(found, further);
    }

    /** Merge keys resolved: what stands in the map itself wins. */
    Node.Entries merged(Node.Entries map) {
        if (!map.has(MERGE)) {
            return map;
        }
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        Node value = map.find(MERGE).orElseThrow();
        List<Node> sources = value instanceof Node.Items items ? items.items() : List.of(value);
        for (Node source : sources.reversed()) {
            if (source instanceof Node.Entries from) {
                entries.putAll(merged(from).entries());
            } else {
                faults.atValue(map.path(), "A merge key takes maps, not " + source.kind() + ".", "");
            }
        }
        entries.putAll(map.entries());
        entries.remove(MERGE);
        return new Node.Entries(map.at(), map.path(), entries);
    }

    private static Node.Entries over(Node.Entries upper, Node.Entries lower, String path) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>(lower.entries());
        upper.entries().forEach((key, entry) -> {
            Node.Entry below = lower.entries().get(key);
            boolean both =
                    below != null && below.node() instanceof Node.Entries && entry.node() instanceof Node.Entries;
            entries.put(
                    key,
                    both && below != null
                            ? new Node.Entry(
                                    entry.keyAt(),
                                    over(Node.map(entry.node()), Node.map(below.node()), Node.child(path, key)))
                            : entry);
        });
        return new Node.Entries(upper.at(), path, entries);
    }

    private static Node.Entries without(Node.Entries map, String key) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>(map.entries());
        entries.remove(key);
        return new Node.Entries(map.at(), map.path(), entries);
    }
}
