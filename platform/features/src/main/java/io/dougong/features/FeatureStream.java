package io.dougong.features;

import io.dougong.kernel.Schema;
import java.time.Duration;
import java.util.List;

/**
 * A stream as the views see it: its fields, the ones derived from them, and its lateness.
 *
 * @param lateness how far an event, or a question, may lie behind the newest event of the stream and still be answered in full;
 *     state is kept for the longest window plus this
 */
public record FeatureStream(Derivation derivation, Duration lateness) {

    public static final Duration DEFAULT_LATENESS = Duration.ofDays(1);

    public FeatureStream {
        if (lateness.isNegative()) {
            throw FeatureProblem.bad("A lateness of " + lateness + " is negative.", "");
        }
    }

    /** A stream without derived fields, with the default lateness. */
    public static FeatureStream of(Schema schema) {
        return of(Derivation.compile(schema, List.of()));
    }

    public static FeatureStream of(Derivation derivation) {
        return new FeatureStream(derivation, DEFAULT_LATENESS);
    }

    /** The stream's own fields and the derived ones. */
    public Schema schema() {
        return derivation.output();
    }
}
