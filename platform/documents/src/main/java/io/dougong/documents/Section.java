package io.dougong.documents;

import io.dougong.kernel.Problem;
import io.dougong.kernel.Suggest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One of the named maps of a document while it is read: every declared name, and what it defines where that has no mistake.
 * A mistake is reported once: what refers to a faulty definition is not checked against it.
 */
public final class Section<T> {

    /** Reads one definition, which has the right shape; nothing if it found a mistake, which it reports. */
    public interface Reading<T> {
        Optional<T> read(String name, Node.Entries definition);
    }

    private final String what;
    private final Faults faults;
    private final boolean complete;
    private final Map<String, Optional<T>> parts = new LinkedHashMap<>();

    private Section(String what, boolean complete, Faults faults) {
        this.what = what;
        this.complete = complete;
        this.faults = faults;
    }

    /** @param what one of them, for messages, e.g. {@code stream} */
    public static <T> Section<T> read(Node.Entries root, String key, String what, Faults faults, Reading<T> reading) {
        Optional<Node> found = root.find(key);
        boolean written = found.isPresent() && !found.get().at().equals(Position.NONE);
        boolean complete =
                found.isPresent() && found.get() instanceof Node.Entries && (written || !faults.directlyIn(""));
        Section<T> section = new Section<>(what, complete, faults);
        found.map(Node::map)
                .ifPresent(map -> map.entries().forEach((name, entry) -> section.add(name, entry.node(), reading)));
        return section;
    }

    private void add(String name, Node definition, Reading<T> reading) {
        parts.put(name, Optional.empty());
        if (!faults.under(definition.path()) && definition instanceof Node.Entries map) {
            parts.put(name, guarded(name, map, reading).filter(_ -> !faults.under(definition.path())));
        }
    }

    private Optional<T> guarded(String name, Node.Entries definition, Reading<T> reading) {
        try {
            return reading.read(name, definition);
        } catch (Problem refused) {
            faults.atKey(definition.path(), refused.getMessage(), refused.advice());
            return Optional.empty();
        }
    }

    /** What this name defines; reports a name that is not declared. */
    public Optional<T> resolve(String name, String path) {
        if (complete && !parts.containsKey(name)) {
            faults.atValue(path, "There is no " + what + " '" + name + "'.", Suggest.near(name, parts.keySet()));
        }
        return find(name);
    }

    public Optional<T> find(String name) {
        return parts.getOrDefault(name, Optional.empty());
    }

    /** Everything without a mistake, in the order of the file. */
    public List<T> all() {
        return parts.values().stream().flatMap(Optional::stream).toList();
    }
}
