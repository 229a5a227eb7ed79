package io.dougong.trust;

import io.dougong.kernel.InvalidValue;
import io.dougong.kernel.Sensitivity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What training saw of one feature, and so what a model may be asked with. Kept with the model, as JSON.
 *
 * @param minimum smallest number seen in training, or null for no range
 * @param maximum largest number seen in training, or null for no range
 * @param tolerance how far outside is still inside, as a part of the range's width: 0.1 allows a tenth on either side
 * @param categories the categories seen in training; empty for any
 * @param maxAgeMicros how old the feature may be; {@link #ANY_AGE} for any age
 * @param sensitivity whether messages may show the value
 */
public record Expectation(
        String feature,
        Kind kind,
        boolean required,
        @Nullable Double minimum,
        @Nullable Double maximum,
        double tolerance,
        List<String> categories,
        long maxAgeMicros,
        Sensitivity sensitivity) {

    public static final long ANY_AGE = -1;

    /** What values look like: {@code Double} or {@code Long}; {@code String}; {@code Boolean}. */
    public enum Kind {
        NUMBER,
        CATEGORY,
        BOOLEAN
    }

    public Expectation {
        categories = List.copyOf(categories);
        if (!(tolerance >= 0) || (minimum != null && maximum != null && minimum > maximum)) {
            throw new InvalidValue(
                    "bad-expectation",
                    "The range of feature '" + feature + "' is [" + minimum + ", " + maximum + "] with tolerance "
                            + tolerance + ".",
                    "The least comes first, and the tolerance is not negative.");
        }
    }

    public static Expectation number(String feature, double minimum, double maximum, double tolerance) {
        return new Expectation(
                feature, Kind.NUMBER, false, minimum, maximum, tolerance, List.of(), ANY_AGE, Sensitivity.PUBLIC);
    }

    public static Expectation category(String feature, List<String> categories) {
        return new Expectation(feature, Kind.CATEGORY, false, null, null, 0, categories, ANY_AGE, Sensitivity.PUBLIC);
    }

    public static Expectation flag(String feature) {
        return new Expectation(feature, Kind.BOOLEAN, false, null, null, 0, List.of(), ANY_AGE, Sensitivity.PUBLIC);
    }

    public Expectation mandatory() {
        return new Expectation(feature, kind, true, minimum, maximum, tolerance, categories, maxAgeMicros, sensitivity);
    }

    public Expectation freshWithin(long ageMicros) {
        return new Expectation(
                feature, kind, required, minimum, maximum, tolerance, categories, ageMicros, sensitivity);
    }

    public Expectation personal() {
        return new Expectation(
                feature, kind, required, minimum, maximum, tolerance, categories, maxAgeMicros, Sensitivity.PERSONAL);
    }
}
