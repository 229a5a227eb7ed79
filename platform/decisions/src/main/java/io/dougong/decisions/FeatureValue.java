package io.dougong.decisions;

import org.jspecify.annotations.Nullable;

/**
 * One value the model saw, before encoding.
 *
 * @param value String, Long, Double or Boolean; null if missing
 * @param ageMicros time since the last event that went into it; -1 if it came with the question or nothing went into it
 */
public record FeatureValue(String name, @Nullable Object value, long ageMicros) {

    public static final long NO_AGE = -1;

    public static FeatureValue asked(String name, @Nullable Object value) {
        return new FeatureValue(name, value, NO_AGE);
    }
}
