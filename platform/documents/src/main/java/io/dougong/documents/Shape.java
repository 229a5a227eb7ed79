package io.dougong.documents;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What may stand at one place of a document. From its shapes come the checks of the reader, the defaults, and
 * the published JSON Schema, so that the three cannot disagree.
 */
public sealed interface Shape {

    /** What is expected here, for a message, e.g. {@code a duration}. */
    String what();

    /**
     * A text.
     *
     * @param pattern regular expression that the whole text matches, in the common subset of Java and ECMA-262
     * @param advice how to write it
     */
    record Text(String what, String pattern, String advice) implements Shape {}

    /** One of a few words. */
    record Choice(String what, List<String> words) implements Shape {}

    /** A whole number, both bounds allowed. */
    record Whole(long least, long most) implements Shape {

        @Override
        public String what() {
            return "a whole number from " + least + " to " + most;
        }
    }

    /** A number; {@code aboveLeast} and {@code belowMost} exclude the bound itself. */
    record Decimal(double least, boolean aboveLeast, double most, boolean belowMost) implements Shape {

        public static final Decimal ANY = new Decimal(-Double.MAX_VALUE, false, Double.MAX_VALUE, false);

        public static Decimal between(double least, double most) {
            return new Decimal(least, false, most, false);
        }

        public static Decimal inside(double least, double most) {
            return new Decimal(least, true, most, true);
        }

        public boolean holds(double value) {
            return (aboveLeast ? value > least : value >= least) && (belowMost ? value < most : value <= most);
        }

        @Override
        public String what() {
            if (equals(ANY)) {
                return "a number";
            }
            return "a number " + (aboveLeast ? "above " : "from ") + Plain.number(least)
                    + (belowMost ? " and below " : " to ") + Plain.number(most);
        }
    }

    /** {@code true} or {@code false}. */
    record Toggle() implements Shape {

        @Override
        public String what() {
            return "true or false";
        }
    }

    /** Any scalar. */
    record Constant() implements Shape {

        @Override
        public String what() {
            return "a text, a number, true or false";
        }
    }

    /** Anything: what is inside is checked by whoever it is meant for. */
    record Any() implements Shape {

        @Override
        public String what() {
            return "any value";
        }
    }

    /**
     * A shape that holds itself.
     *
     * @param name in the definitions of the JSON Schema
     */
    record Lazy(String name, Supplier<Shape> shape) implements Shape {

        @Override
        public String what() {
            return shape.get().what();
        }
    }

    /** A list. */
    record Items(String what, Shape item, int least, int most) implements Shape {}

    /** A map from names that the writer chooses. */
    record Named(String what, Text name, Shape value, int least, int most) implements Shape {}

    /** A map with known keys. */
    record Keys(String what, List<Property> properties) implements Shape {

        public Optional<Property> property(String key) {
            return properties.stream()
                    .filter(property -> property.key().equals(key))
                    .findFirst();
        }
    }

    /** A map that one of several keys marks, e.g. {@code { mean: delay }}. */
    record Tagged(String what, List<Variant> variants) implements Shape {

        public List<String> tags() {
            return variants.stream().map(Variant::tag).distinct().toList();
        }

        /** The forms that this mark has; several if another required key tells them apart. */
        public List<Variant> marked(String tag) {
            return variants.stream()
                    .filter(variant -> variant.tag().equals(tag))
                    .toList();
        }
    }

    /** A short form, which is a scalar, or a long form. */
    record Either(String what, Shape brief, Shape full) implements Shape {}

    /** One form of a {@link Tagged}: its first property is the mark. */
    record Variant(String tag, Keys keys) {

        public static Variant of(Property tag, Property... rest) {
            List<Property> all = new ArrayList<>(List.of(rest));
            all.addFirst(tag);
            return new Variant(tag.key(), new Keys("", List.copyOf(all)));
        }

        /** True if every required key is present. */
        public boolean fits(Predicate<String> present) {
            return keys.properties().stream()
                    .filter(Property::required)
                    .map(Property::key)
                    .allMatch(present);
        }
    }

    /**
     * A known key.
     *
     * @param description for people, shown by editors
     * @param fallback the value if the key is absent, as a plain document; empty for none
     */
    record Property(String key, Shape shape, String description, boolean required, Optional<Object> fallback) {

        public static Property required(String key, Shape shape, String description) {
            return new Property(key, shape, description, true, Optional.empty());
        }

        public static Property optional(String key, Shape shape, String description) {
            return new Property(key, shape, description, false, Optional.empty());
        }

        public static Property optional(String key, Shape shape, String description, Object fallback) {
            return new Property(key, shape, description, false, Optional.of(fallback));
        }
    }
}
