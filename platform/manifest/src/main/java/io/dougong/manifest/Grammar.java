package io.dougong.manifest;

import static io.dougong.documents.Shape.Property.optional;
import static io.dougong.documents.Shape.Property.required;

import io.dougong.documents.Durations;
import io.dougong.documents.Shape;
import io.dougong.kernel.FieldType;
import io.dougong.kernel.Sensitivity;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The shape of a whole manifest and of its streams; {@link ModelGrammar} and {@link FeatureGrammar} hold the rest. */
final class Grammar {

    private static final int MOST_NAMED = 500;
    private static final int MOST_FIELDS = 1000;
    private static final int MOST_PARTITIONS = 1024;

    static final Shape.Text NAME = new Shape.Text(
            "a name",
            "^[a-z][a-z0-9_-]{0,62}$",
            "Use up to 63 lower-case letters, digits, '-' and '_', beginning with a letter.");
    static final Shape.Text IDENTIFIER = new Shape.Text(
            "a name",
            "^[A-Za-z_][A-Za-z0-9_]{0,62}$",
            "Use up to 63 letters, digits and '_', beginning with a letter.");
    static final Shape.Text FIELD = new Shape.Text(
            "the name of a field",
            IDENTIFIER.pattern(),
            "Use up to 63 letters, digits and '_', beginning with a letter.");
    static final Shape.Text PROSE =
            new Shape.Text("a text", "^[\\s\\S]{0,1000}$", "Maybe it needs quotes, or is too long.");
    static final Shape.Text LAPSE = Durations.LAPSE;
    static final Shape.Text SPAN = Durations.SPAN;
    static final Shape.Text MINUTES = new Shape.Text(
            "a duration in whole minutes", "^[1-9][0-9]{0,5}(m|h|d)$", "Write a whole number and m, h or d, e.g. 24h.");
    static final Shape.Text SIZE = Durations.SIZE;

    private Grammar() {}

    static Shape.Keys application() {
        return new Shape.Keys(
                "an application",
                List.of(
                        required("application", NAME, "The name of the application."),
                        optional("description", PROSE, "What it decides, in a sentence.", ""),
                        required(
                                "streams",
                                new Shape.Named("a map of streams", NAME, stream(), 1, MOST_NAMED),
                                "The events that come in, by name."),
                        optional(
                                "features",
                                new Shape.Named(
                                        "a map of feature views", IDENTIFIER, FeatureGrammar.view(), 0, MOST_NAMED),
                                "The feature views, by name.",
                                Map.of()),
                        optional(
                                "models",
                                new Shape.Named("a map of models", NAME, ModelGrammar.model(), 0, MOST_NAMED),
                                "The models, by name.",
                                Map.of()),
                        optional(
                                "decisions",
                                new Shape.Named("a map of decisions", NAME, ModelGrammar.decision(), 0, MOST_NAMED),
                                "The decisions, by name.",
                                Map.of()),
                        optional("monitors", OperateGrammar.monitors(), "How the application is watched.", Map.of()),
                        optional(
                                "healing",
                                new Shape.Named("a map of models", NAME, OperateGrammar.healing(), 0, MOST_NAMED),
                                "By model, how it is healed when a monitor alarms; models that are absent are only watched.",
                                Map.of())));
    }

    static Shape.Keys stream() {
        return new Shape.Keys(
                "a stream",
                List.of(
                        optional("description", PROSE, "What one event is.", ""),
                        required(
                                "key",
                                FIELD,
                                "The field that names what an event is about; events of one key keep their order."),
                        required("time", FIELD, "The timestamp field that says when it happened."),
                        optional(
                                "lateness",
                                LAPSE,
                                "How much older than the newest event another may be and still count.",
                                "0s"),
                        optional(
                                "partitions",
                                new Shape.Whole(1, MOST_PARTITIONS),
                                "How many partitions share the events; fixed for the life of the stream.",
                                1L),
                        optional("retention", retention(), "How long events are kept; for ever if absent."),
                        required(
                                "fields",
                                new Shape.Named("a map of fields", FIELD, field(), 1, MOST_FIELDS),
                                "The fields of an event: name and type."),
                        optional(
                                "derived",
                                new Shape.Named(
                                        "a map of derived fields", FIELD, FeatureGrammar.transform(), 0, MOST_FIELDS),
                                "Fields computed from the others when an event comes in.",
                                Map.of())));
    }

    private static Shape.Keys retention() {
        return new Shape.Keys(
                "a retention",
                List.of(
                        optional("age", SPAN, "Events older than this are dropped."),
                        optional("size", SIZE, "The oldest events of a partition are dropped above this size.")));
    }

    private static Shape field() {
        Shape.Choice type = new Shape.Choice(
                "a type",
                Arrays.stream(FieldType.values()).map(FieldType::label).toList());
        return new Shape.Either(
                "a type or a field",
                type,
                new Shape.Keys(
                        "a field",
                        List.of(
                                required("type", type, "The type of its values."),
                                optional("optional", new Shape.Toggle(), "True if an event may lack it.", false),
                                optional("min", Shape.Decimal.ANY, "The smallest number allowed."),
                                optional("max", Shape.Decimal.ANY, "The largest number allowed."),
                                optional(
                                        "allowed",
                                        new Shape.Items("a list of texts", PROSE, 1, MOST_FIELDS),
                                        "The only texts allowed."),
                                optional(
                                        "sensitivity",
                                        sensitivity(),
                                        "Personal: sealed under the key of the person. Secret: never stored in clear.",
                                        word(Sensitivity.PUBLIC)))));
    }

    private static Shape.Choice sensitivity() {
        return new Shape.Choice("a sensitivity", words(Sensitivity.values()));
    }

    /** The words for an enum in a manifest: lower case. */
    static List<String> words(Enum<?>[] values) {
        return words(Arrays.asList(values));
    }

    static List<String> words(List<? extends Enum<?>> values) {
        return values.stream().map(Grammar::word).toList();
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
