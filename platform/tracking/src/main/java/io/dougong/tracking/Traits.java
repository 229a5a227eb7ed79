package io.dougong.tracking;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a filter can see of one thing.
 *
 * @param attributes texts and doubles by name; what it does not have is left out
 */
record Traits(
        Map<String, Object> attributes,
        Map<String, String> tags,
        Map<String, String> params,
        Map<String, Double> metrics) {

    /** A text, a double, or null if it has none. */
    @Nullable
    Object of(Comparison.Subject subject, String key) {
        return switch (subject) {
            case ATTRIBUTE -> attributes.get(key);
            case TAG -> tags.get(key);
            case PARAMETER -> params.get(key);
            case METRIC -> metrics.get(key);
            case DATASET -> null;
        };
    }
}
