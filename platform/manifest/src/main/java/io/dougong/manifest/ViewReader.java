package io.dougong.manifest;

import io.dougong.documents.Durations;
import io.dougong.documents.Faults;
import io.dougong.documents.Node;
import io.dougong.documents.Section;
import io.dougong.features.Aggregate;
import io.dougong.features.FeatureView;
import io.dougong.kernel.FieldType;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a feature view, and checks it against the stream that it sums up. */
final class ViewReader {

    private static final Duration LONGEST_WINDOW = FeatureView.LONGEST_WINDOW;
    private static final Set<FieldType> ENTITIES =
            EnumSet.complementOf(EnumSet.of(FieldType.NUMBER, FieldType.TIMESTAMP));

    private final Section<ApplicationStream> streams;
    private final Faults faults;

    ViewReader(Section<ApplicationStream> streams, Faults faults) {
        this.streams = streams;
        this.faults = faults;
    }

    Optional<FeatureView> read(String name, Node.Entries map) {
        List<Duration> windows = windows(map);
        List<Aggregate> aggregates =
                map.items("aggregates").stream().map(Aggregates::read).toList();
        distinct(map, "entity", map.texts("entity"));
        distinct(map, "aggregates", aggregates.stream().map(Aggregates::plain).toList());
        Optional<ApplicationStream> stream = streams.resolve(map.text("stream"), Node.child(map.path(), "stream"));
        stream.map(Columns::of).ifPresent(columns -> check(map, columns, aggregates));
        Duration ttl = ttl(map, windows);
        if (stream.isEmpty() || faults.under(map.path())) {
            return Optional.empty();
        }
        return Optional.of(new FeatureView(
                name,
                map.text("stream"),
                map.texts("entity"),
                windows,
                aggregates,
                ttl,
                map.find("where").map(Node::map).map(where -> Conditions.read(where, "field"))));
    }

    private List<Duration> windows(Node.Entries map) {
        List<Duration> windows =
                map.texts("windows").stream().map(Durations::read).toList();
        distinct(map, "windows", windows);
        for (int i = 0; i < windows.size(); i++) {
            if (windows.get(i).compareTo(LONGEST_WINDOW) > 0) {
                String path = Node.item(Node.child(map.path(), "windows"), i);
                faults.atValue(
                        path,
                        "A window of " + map.texts("windows").get(i) + " is longer than "
                                + Durations.text(LONGEST_WINDOW) + ".",
                        "");
            }
        }
        return windows;
    }

    private Duration ttl(Node.Entries map, List<Duration> windows) {
        Duration longest = windows.stream().max(Duration::compareTo).orElse(Duration.ZERO);
        Duration ttl = Durations.read(map.text("ttl"));
        if (!ttl.isZero() && ttl.compareTo(longest) < 0) {
            faults.atValue(
                    Node.child(map.path(), "ttl"),
                    "ttl " + Durations.text(ttl) + " forgets events that the window " + Durations.text(longest)
                            + " still counts.",
                    "Make it at least as long as the longest window, or leave it out.");
        }
        return ttl;
    }

    private void check(Node.Entries map, Columns columns, List<Aggregate> aggregates) {
        List<String> entity = map.texts("entity");
        for (int i = 0; i < entity.size(); i++) {
            columns.resolve(entity.get(i), Node.item(Node.child(map.path(), "entity"), i), ENTITIES, faults);
        }
        for (int i = 0; i < aggregates.size(); i++) {
            String path = Node.item(Node.child(map.path(), "aggregates"), i);
            Aggregates.input(aggregates.get(i))
                    .ifPresent(input ->
                            columns.resolve(input.field(), Node.child(path, input.tag()), input.types(), faults));
        }
        map.find("where").map(Node::map).ifPresent(where -> Conditions.check(where, "field", columns, faults));
    }

    private void distinct(Node.Entries map, String key, List<?> items) {
        Set<Object> seen = new HashSet<>();
        for (int i = 0; i < items.size(); i++) {
            if (!seen.add(items.get(i))) {
                Node repeated = map.items(key).get(i);
                faults.atValue(repeated.path(), "This stands in the list already.", "Keep one of the two.");
            }
        }
    }
}
