package io.dougong.manifest;

import static io.dougong.documents.Shape.Property.optional;
import static io.dougong.documents.Shape.Property.required;

import io.dougong.documents.Shape;
import java.util.ArrayList;
import java.util.List;

/** The shapes of derived fields and feature views. */
final class FeatureGrammar {

    private static final int MOST_PARTS = 8;
    private static final int MOST_WINDOWS = 16;
    private static final int MOST_AGGREGATES = 64;
    private static final int MOST_MINUTES = 1440;

    private static final int MOST_EDGES = 1000;

    static final String UTC = "UTC";
    static final String COUNT = "count";

    private FeatureGrammar() {}

    static Shape.Tagged transform() {
        Shape.Property zone =
                optional("zone", zone(), "The time zone, e.g. Europe/Berlin, or the field that holds it.", UTC);
        List<Shape.Variant> variants = new ArrayList<>(List.of(
                Shape.Variant.of(
                        required(
                                "concat",
                                new Shape.Items("a list of fields", Grammar.FIELD, 2, MOST_PARTS),
                                "The texts of these fields, one after the other."),
                        optional(
                                "separator",
                                new Shape.Text("a separator", "^[\\s\\S]{0,8}$", "Put up to 8 characters in quotes."),
                                "Stands between them.",
                                "-")),
                Shape.Variant.of(required("hour_of_day", Grammar.FIELD, "The hour, 0 to 23, of this timestamp."), zone),
                Shape.Variant.of(
                        required(
                                "day_of_week",
                                Grammar.FIELD,
                                "The day, 1 for Monday to 7 for Sunday, of this timestamp."),
                        zone),
                Shape.Variant.of(
                        required("minute_slot", Grammar.FIELD, "The slot of the day in which this timestamp falls."),
                        required("width", new Shape.Whole(1, MOST_MINUTES), "How many minutes a slot has."),
                        zone),
                Shape.Variant.of(
                        required("bucket", Grammar.FIELD, "The bucket in which this number falls."),
                        required(
                                "width", new Shape.Decimal(0, true, Double.MAX_VALUE, false), "How wide a bucket is.")),
                Shape.Variant.of(
                        required("bucket", Grammar.FIELD, "The bucket in which this number falls."),
                        required(
                                "edges",
                                new Shape.Items("a list of numbers", Shape.Decimal.ANY, 1, MOST_EDGES),
                                "Where the next bucket begins, rising.")),
                Shape.Variant.of(required("ratio", pair(), "The first number divided by the second.")),
                Shape.Variant.of(required("difference", pair(), "The first number less the second.")),
                Shape.Variant.of(
                        required("log1p", Grammar.FIELD, "The natural logarithm of one more than this number.")),
                Shape.Variant.of(
                        required("clamp", Grammar.FIELD, "This number, moved to the nearest bound if outside."),
                        required("min", Shape.Decimal.ANY, "The lower bound."),
                        required("max", Shape.Decimal.ANY, "The upper bound."))));
        variants.addAll(Conditions.variants(required("flag", Grammar.FIELD, "True if this field compares as told.")));
        return new Shape.Tagged("a derived field", List.copyOf(variants));
    }

    private static Shape.Items pair() {
        return new Shape.Items("a list of two fields", Grammar.FIELD, 2, 2);
    }

    private static Shape.Either zone() {
        Shape.Text id = new Shape.Text(
                "a time zone", "^[A-Za-z][A-Za-z0-9_+/-]{0,63}$", "Write it as in the IANA list, e.g. Europe/Berlin.");
        Shape.Keys from = new Shape.Keys(
                "a field that holds a time zone",
                List.of(required("field", Grammar.FIELD, "A text field that holds a zone, e.g. America/Chicago.")));
        return new Shape.Either("a time zone", id, from);
    }

    static Shape.Keys view() {
        return new Shape.Keys(
                "a feature view",
                List.of(
                        required("stream", Grammar.NAME, "The stream whose events it sums up."),
                        required(
                                "entity",
                                new Shape.Items("a list of fields", Grammar.FIELD, 0, MOST_PARTS),
                                "The fields whose values say what is summed up apart; [] for all events together."),
                        required(
                                "windows",
                                new Shape.Items("a list of durations", Grammar.MINUTES, 1, MOST_WINDOWS),
                                "How far back each feature looks."),
                        required(
                                "aggregates",
                                new Shape.Items("a list of aggregates", aggregate(), 1, MOST_AGGREGATES),
                                "What is computed over each window."),
                        optional(
                                "ttl",
                                Grammar.LAPSE,
                                "An entity without events for this long is forgotten; 0s for as long as the windows need.",
                                "0s"),
                        optional("where", where(), "Only events that fulfil this count.")));
    }

    private static Shape.Tagged where() {
        return new Shape.Tagged(
                "a condition", Conditions.variants(required("field", Grammar.FIELD, "The field that is compared.")));
    }

    private static Shape.Either aggregate() {
        Shape.Tagged of = new Shape.Tagged(
                "an aggregate",
                List.of(
                        over("sum", "The sum of this number."),
                        over("mean", "The mean of this number."),
                        over("min", "The least of this number."),
                        over("max", "The most of this number."),
                        over("stddev", "The standard deviation of this number."),
                        over("rate", "The share of events where this boolean is true."),
                        over("distinct", "How many different values this field had."),
                        over("last", "The latest value of this field."),
                        Shape.Variant.of(
                                required(
                                        "decayed",
                                        Grammar.FIELD,
                                        "The mean of this number, older events counting less."),
                                required("half_life", Grammar.MINUTES, "After this time an event counts half."))));
        return new Shape.Either("an aggregate", new Shape.Choice("an aggregate", List.of(COUNT)), of);
    }

    private static Shape.Variant over(String tag, String description) {
        return Shape.Variant.of(required(tag, Grammar.FIELD, description));
    }
}
