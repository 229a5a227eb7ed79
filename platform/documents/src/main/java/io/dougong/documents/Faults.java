package io.dougong.documents;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gathers the mistakes of one document, and finds the line and column of each from its path. */
public final class Faults {

    private static final Comparator<Fault> IN_ORDER =
            Comparator.comparingInt(Fault::line).thenComparingInt(Fault::column).thenComparing(Fault::path);

    private final List<Fault> faults = new ArrayList<>();
    private final Map<String, Position> values = new HashMap<>();
    private final Map<String, Position> keys = new HashMap<>();

    /** Remembers where everything in this tree stands. */
    public void locate(Node node) {
        values.put(node.path(), node.at());
        switch (node) {
            case Node.Value _ -> {}
            case Node.Items items -> items.items().forEach(this::locate);
            case Node.Entries entries ->
                entries.entries().values().forEach(entry -> {
                    keys.put(entry.node().path(), entry.keyAt());
                    locate(entry.node());
                });
        }
    }

    public void add(Position at, String path, String message, String advice) {
        faults.add(new Fault(at.line(), at.column(), path, message, advice));
    }

    /** A mistake in the value at this path. */
    public void atValue(String path, String message, String advice) {
        add(position(path, values), path, message, advice);
    }

    /** A mistake in the key at this path, or in a map as a whole. */
    public void atKey(String path, String message, String advice) {
        add(keys.containsKey(path) ? position(path, keys) : position(path, values), path, message, advice);
    }

    /** True if a mistake was found at this path or below it. */
    public boolean under(String path) {
        return faults.stream().anyMatch(fault -> within(fault.path(), path));
    }

    /** True if a mistake was found at exactly this path, or at a key directly below it. */
    public boolean directlyIn(String path) {
        return faults.stream()
                .anyMatch(fault ->
                        fault.path().equals(path) || parent(fault.path()).equals(path));
    }

    public boolean isEmpty() {
        return faults.isEmpty();
    }

    /** All of them, in the order of the file. */
    public List<Fault> sorted() {
        return faults.stream().distinct().sorted(IN_ORDER).toList();
    }

    private static Position position(String path, Map<String, Position> positions) {
        for (String at = path; !at.isEmpty(); at = parent(at)) {
            Position found = positions.get(at);
            if (found != null) {
                return found;
            }
        }
        return positions.getOrDefault("", Position.NONE);
    }

    private static boolean within(String path, String outer) {
        return path.equals(outer) || path.startsWith(outer + ".") || path.startsWith(outer + "[");
    }

    private static String parent(String path) {
        if (path.endsWith("\"")) {
            int quote = path.lastIndexOf('"', path.length() - 2);
            return path.substring(0, Math.max(0, quote - 1));
        }
        int end = Math.max(path.lastIndexOf('.'), path.lastIndexOf('['));
        return end < 0 ? "" : path.substring(0, end);
    }
}
