package io.dougong.manifest;

import io.dougong.documents.Node;
import io.dougong.documents.Plain;
import io.dougong.features.Condition;
import io.dougong.features.Transform;
import io.dougong.features.Transform.Zone;
import io.dougong.kernel.FieldType;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Derived fields between their YAML form and {@link Transform}, and which fields of which types they read. */
final class Transforms {

    private static final Set<FieldType> NUMERIC = EnumSet.of(FieldType.INTEGER, FieldType.NUMBER, FieldType.TIMESTAMP);
    private static final Set<FieldType> TIME = Set.of(FieldType.TIMESTAMP);
    private static final Set<FieldType> MINUTES = EnumSet.of(FieldType.TIMESTAMP, FieldType.INTEGER);
    private static final Set<FieldType> ANY = EnumSet.allOf(FieldType.class);

    private Transforms() {}

    /**
     * A field that a transform reads.
     *
     * @param step where it stands below the transform, e.g. {@code concat[1]}
     */
    record Input(String step, String field, Set<FieldType> types) {}

    static Transform read(Node.Entries map) {
        String tag = tag(map);
        return switch (tag) {
            case "concat" -> new Transform.Concat(map.texts(tag), map.text("separator"));
            case "hour_of_day" -> new Transform.HourOfDay(map.text(tag), zone(map));
            case "day_of_week" -> new Transform.DayOfWeek(map.text(tag), zone(map));
            case "minute_slot" -> new Transform.MinuteSlot(map.text(tag), map.whole("width"), zone(map));
            case "bucket" -> bucket(map, map.text(tag));
            case "ratio" ->
                new Transform.Ratio(map.texts(tag).get(0), map.texts(tag).get(1));
            case "difference" ->
                new Transform.Difference(map.texts(tag).get(0), map.texts(tag).get(1));
            case "log1p" -> new Transform.Log1p(map.text(tag));
            case "flag" -> flag(Conditions.read(map, tag));
            case "clamp" -> new Transform.Clamp(map.text(tag), map.decimal("min"), map.decimal("max"));
            default ->
                throw new IllegalStateException("The grammar knows a transform '" + tag + "' that the reader does not");
        };
    }

    static String tag(Node.Entries map) {
        return FeatureGrammar.transform().tags().stream()
                .filter(map::has)
                .findFirst()
                .orElseThrow();
    }

    private static Transform bucket(Node.Entries map, String field) {
        return map.has("width")
                ? new Transform.Step(field, map.decimal("width"))
                : new Transform.Bucket(
                        field, map.items("edges").stream().map(Node::decimal).toList());
    }

    private static Transform flag(Condition condition) {
        return new Transform.Flag(condition.field(), condition.comparison(), condition.constant());
    }

    private static Zone zone(Node.Entries map) {
        return map.find("zone").orElseThrow() instanceof Node.Entries from
                ? new Zone.FromField(from.text("field"))
                : new Zone.Fixed(ZoneId.of(map.text("zone")));
    }

    static Map<String, Object> plain(Transform transform) {
        return switch (transform) {
            case Transform.Concat t -> Plain.map("concat", t.fields(), "separator", t.separator());
            case Transform.HourOfDay t -> Plain.map("hour_of_day", t.timestamp(), "zone", plain(t.zone()));
            case Transform.DayOfWeek t -> Plain.map("day_of_week", t.timestamp(), "zone", plain(t.zone()));
            case Transform.MinuteSlot t ->
                Plain.map("minute_slot", t.field(), "width", (long) t.minutes(), "zone", plain(t.zone()));
            case Transform.Bucket t ->
                Plain.map(
                        "bucket",
                        t.field(),
                        "edges",
                        t.edges().stream().map(Plain::number).toList());
            case Transform.Step t -> Plain.map("bucket", t.field(), "width", Plain.number(t.width()));
            case Transform.Ratio t -> Plain.map("ratio", List.of(t.numerator(), t.denominator()));
            case Transform.Difference t -> Plain.map("difference", List.of(t.minuend(), t.subtrahend()));
            case Transform.Log1p t -> Plain.map("log1p", t.field());
            case Transform.Flag t -> Conditions.plain("flag", t.field(), t.comparison(), t.constant());
            case Transform.Clamp t ->
                Plain.map("clamp", t.field(), "min", Plain.number(t.least()), "max", Plain.number(t.most()));
        };
    }

    private static Object plain(Zone zone) {
        return switch (zone) {
            case Zone.Fixed fixed when fixed.equals(Zone.UTC) -> FeatureGrammar.UTC;
            case Zone.Fixed(ZoneId id) -> id.getId();
            case Zone.FromField(String field) -> Plain.map("field", field);
        };
    }

    static List<Input> inputs(Transform transform) {
        return switch (transform) {
            case Transform.Concat t -> listed("concat", t.fields(), ANY);
            case Transform.HourOfDay t -> clock(new Input("hour_of_day", t.timestamp(), TIME), t.zone());
            case Transform.DayOfWeek t -> clock(new Input("day_of_week", t.timestamp(), TIME), t.zone());
            case Transform.MinuteSlot t -> clock(new Input("minute_slot", t.field(), MINUTES), t.zone());
            case Transform.Bucket t -> List.of(new Input("bucket", t.field(), NUMERIC));
            case Transform.Step t -> List.of(new Input("bucket", t.field(), NUMERIC));
            case Transform.Ratio t -> listed("ratio", List.of(t.numerator(), t.denominator()), NUMERIC);
            case Transform.Difference t -> listed("difference", List.of(t.minuend(), t.subtrahend()), NUMERIC);
            case Transform.Log1p t -> List.of(new Input("log1p", t.field(), NUMERIC));
            case Transform.Flag t -> List.of(new Input("flag", t.field(), ANY));
            case Transform.Clamp t -> List.of(new Input("clamp", t.field(), NUMERIC));
        };
    }

    private static List<Input> clock(Input time, Zone zone) {
        List<Input> inputs = new ArrayList<>(List.of(time));
        if (zone instanceof Zone.FromField(String field)) {
            inputs.add(new Input("zone.field", field, Set.of(FieldType.STRING)));
        }
        return inputs;
    }

    private static List<Input> listed(String tag, List<String> fields, Set<FieldType> types) {
        return IntStream.range(0, fields.size())
                .mapToObj(i -> new Input(Node.item(tag, i), fields.get(i), types))
                .toList();
    }
}
