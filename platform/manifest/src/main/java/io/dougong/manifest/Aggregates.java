package io.dougong.manifest;

import io.dougong.documents.Durations;
import io.dougong.documents.Node;
import io.dougong.documents.Plain;
import io.dougong.features.Aggregate;
import io.dougong.kernel.FieldType;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Aggregates between their YAML form and {@link Aggregate}, and what they need. */
final class Aggregates {

    private static final Set<FieldType> NUMERIC = Set.of(FieldType.INTEGER, FieldType.NUMBER);
    private static final Set<FieldType> ANY = EnumSet.allOf(FieldType.class);
    private static final Set<FieldType> NOT_TEXT = EnumSet.complementOf(EnumSet.of(FieldType.STRING));

    private Aggregates() {}

    /** The field that an aggregate reads. */
    record Input(String tag, String field, Set<FieldType> types) {}

    static Aggregate read(Node node) {
        if (!(node instanceof Node.Entries map)) {
            return new Aggregate.Count();
        }
        String tag = map.entries().keySet().stream()
                .filter(key -> !key.equals("half_life"))
                .findFirst()
                .orElseThrow();
        String field = map.text(tag);
        return switch (tag) {
            case "sum" -> new Aggregate.Sum(field);
            case "mean" -> new Aggregate.Mean(field);
            case "min" -> new Aggregate.Min(field);
            case "max" -> new Aggregate.Max(field);
            case "stddev" -> new Aggregate.StdDev(field);
            case "rate" -> new Aggregate.Rate(field);
            case "distinct" -> new Aggregate.Distinct(field);
            case "last" -> new Aggregate.Last(field);
            case "decayed" -> new Aggregate.Decayed(field, Durations.read(map.text("half_life")));
            default ->
                throw new IllegalStateException(
                        "The grammar knows an aggregate '" + tag + "' that the reader does not");
        };
    }

    static Object plain(Aggregate aggregate) {
        if (aggregate instanceof Aggregate.Decayed(String field, var halfLife)) {
            return Plain.map("decayed", field, "half_life", Durations.text(halfLife));
        }
        return input(aggregate)
                .map(input -> (Object) Plain.map(input.tag(), input.field()))
                .orElse(FeatureGrammar.COUNT);
    }

    static Optional<Input> input(Aggregate aggregate) {
        return Optional.ofNullable(
                switch (aggregate) {
                    case Aggregate.Count _ -> null;
                    case Aggregate.Sum a -> new Input("sum", a.field(), NUMERIC);
                    case Aggregate.Mean a -> new Input("mean", a.field(), NUMERIC);
                    case Aggregate.Min a -> new Input("min", a.field(), NUMERIC);
                    case Aggregate.Max a -> new Input("max", a.field(), NUMERIC);
                    case Aggregate.StdDev a -> new Input("stddev", a.field(), NUMERIC);
                    case Aggregate.Rate a -> new Input("rate", a.field(), Set.of(FieldType.BOOLEAN));
                    case Aggregate.Distinct a -> new Input("distinct", a.field(), ANY);
                    case Aggregate.Last a -> new Input("last", a.field(), NOT_TEXT);
                    case Aggregate.Decayed a -> new Input("decayed", a.field(), NUMERIC);
                });
    }
}
