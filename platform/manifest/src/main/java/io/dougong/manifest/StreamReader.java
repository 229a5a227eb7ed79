package io.dougong.manifest;

import io.dougong.documents.Durations;
import io.dougong.documents.Faults;
import io.dougong.documents.Node;
import io.dougong.events.Retention;
import io.dougong.events.StreamDefinition;
import io.dougong.features.Derived;
import io.dougong.features.Transform;
import io.dougong.kernel.Field;
import io.dougong.kernel.FieldType;
import io.dougong.kernel.Problem;
import io.dougong.kernel.Schema;
import io.dougong.kernel.Sensitivity;
import io.dougong.kernel.Suggest;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads a stream, and checks its fields, its key, its time and what is derived. */
final class StreamReader {

    private static final Set<FieldType> KEYS = Set.of(FieldType.STRING, FieldType.INTEGER);
    private static final Set<FieldType> NUMERIC = Set.of(FieldType.INTEGER, FieldType.NUMBER);

    private final Faults faults;

    StreamReader(Faults faults) {
        this.faults = faults;
    }

    Optional<ApplicationStream> read(String name, Node.Entries map) {
        List<Field> fields = new ArrayList<>();
        map.map("fields").entries().forEach((field, entry) -> fields.add(field(field, entry.node())));
        Columns sent = new Columns(Schema.of(fields));
        always("key", map, sent, KEYS);
        always("time", map, sent, Set.of(FieldType.TIMESTAMP));
        List<Derived> derived = derived(map, sent);
        if (faults.under(map.path())) {
            return Optional.empty();
        }
        StreamDefinition definition = new StreamDefinition(
                name,
                map.text("key"),
                map.text("time"),
                Schema.of(fields),
                Durations.read(map.text("lateness")),
                map.whole("partitions"),
                retention(map));
        return Optional.of(new ApplicationStream(definition, derived, map.text("description")));
    }

    private static Retention retention(Node.Entries map) {
        if (!map.has("retention")) {
            return Retention.FOREVER;
        }
        Node.Entries retention = map.map("retention");
        Duration age = retention.textIfAny("age").map(Durations::read).orElse(null);
        return new Retention(
                age, retention.textIfAny("size").map(Durations::readBytes).orElse(Retention.UNBOUNDED_BYTES));
    }

    private Field field(String name, Node node) {
        if (!(node instanceof Node.Entries map)) {
            return Field.required(name, type(Node.text(node)));
        }
        Field field = new Field(
                name,
                type(map.text("type")),
                !map.flag("optional"),
                Sensitivity.valueOf(map.text("sensitivity").toUpperCase(Locale.ROOT)),
                map.find("min").map(Node::decimal).orElse(null),
                map.find("max").map(Node::decimal).orElse(null),
                map.has("allowed") ? map.texts("allowed") : List.of());
        check(field, map);
        return field;
    }

    private static FieldType type(String label) {
        return FieldType.valueOf(label.toUpperCase(Locale.ROOT));
    }

    private void check(Field field, Node.Entries map) {
        String type = "a field of type " + field.type().label();
        for (String bound : List.of("min", "max")) {
            if (map.has(bound) && !NUMERIC.contains(field.type())) {
                faults.atKey(
                        Node.child(map.path(), bound),
                        "'" + bound + "' does not fit " + type + ".",
                        "Only numbers have bounds.");
            }
        }
        if (map.has("allowed") && field.type() != FieldType.STRING) {
            faults.atKey(
                    Node.child(map.path(), "allowed"),
                    "'allowed' does not fit " + type + ".",
                    "Numbers have min and max.");
        }
        if (map.has("min") && map.has("max") && map.decimal("min") > map.decimal("max")) {
            faults.atValue(Node.child(map.path(), "max"), "max is below min, so that no value is allowed.", "");
        }
    }

    /** The key and the time must be fields that every event has. */
    private void always(String role, Node.Entries map, Columns columns, Set<FieldType> types) {
        String field = map.text(role);
        String path = Node.child(map.path(), role);
        if (columns.resolve(field, path, types, faults)
                .filter(found -> !found.required())
                .isPresent()) {
            faults.atValue(path, "Field '" + field + "' is optional, but every event needs its " + role + ".", "");
        }
    }

    private List<Derived> derived(Node.Entries map, Columns sent) {
        List<Derived> all = new ArrayList<>();
        Columns columns = sent;
        for (var entry : map.map("derived").entries().entrySet()) {
            Optional<Derived> derived =
                    derived(entry.getKey(), Node.map(entry.getValue().node()), columns);
            derived.ifPresent(all::add);
            columns = derived.map(columns::with).orElse(columns);
        }
        return all;
    }

    private Optional<Derived> derived(String name, Node.Entries definition, Columns columns) {
        if (columns.find(name).isPresent()) {
            faults.atKey(
                    definition.path(),
                    "There is a field '" + name + "' already.",
                    "Give the derived one another name.");
            return Optional.empty();
        }
        if (!zoneIsKnown(definition)) {
            return Optional.empty();
        }
        Derived derived = new Derived(name, Transforms.read(definition));
        return inputsFit(derived.transform(), definition, columns) && compiles(derived, definition, columns)
                ? Optional.of(derived)
                : Optional.empty();
    }

    private boolean compiles(Derived derived, Node.Entries definition, Columns columns) {
        try {
            return columns.with(derived).find(derived.name()).isPresent();
        } catch (Problem refused) {
            faults.atKey(definition.path(), refused.getMessage(), refused.advice());
            return false;
        }
    }

    private boolean zoneIsKnown(Node.Entries definition) {
        Optional<String> zone = definition
                .find("zone")
                .filter(node -> node instanceof Node.Value)
                .map(Node::text)
                .filter(id -> !ZoneId.getAvailableZoneIds().contains(id));
        zone.ifPresent(id -> faults.atValue(
                Node.child(definition.path(), "zone"),
                "There is no time zone '" + id + "'.",
                Suggest.nearest(id, ZoneId.getAvailableZoneIds())
                        .map(best -> "Did you mean '" + best + "'?")
                        .orElse("Write it as in the IANA list, e.g. Europe/Berlin.")));
        return zone.isEmpty();
    }

    private boolean inputsFit(Transform transform, Node.Entries definition, Columns columns) {
        if (transform instanceof Transform.Flag) {
            return Conditions.check(definition, "flag", columns, faults);
        }
        boolean fit = true;
        for (Transforms.Input input : Transforms.inputs(transform)) {
            String path = definition.path() + "." + input.step();
            fit &= columns.resolve(input.field(), path, input.types(), faults).isPresent();
        }
        return fit;
    }
}
