package io.dougong.decisions;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The truth about a decision, as it became known.
 *
 * @param label whether it favoured the score ({@link Truth#favours}): of two classes, whether the positive one came true
 * @param knownMicros when it became known (event time)
 * @param source who said so: a stream position, or a caller's name
 * @param probability the calibrated probability that was recorded, so that quality is computed from feedback alone
 * @param threshold the conformal threshold that was in force; null if the decision never abstains
 * @param suspect true if it came from a feed that was found broken: recorded, but no measure of quality; null if not
 * @param truth name of the class or the number that came true; null where {@code label} says it
 */
public record Feedback(
        String decisionId,
        boolean label,
        long knownMicros,
        String source,
        double probability,
        @Nullable Double threshold,
        String outcome,
        Route route,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean suspect,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Object truth) {

    /** Whether it is a measure of quality. */
    public boolean trusted() {
        return !Boolean.TRUE.equals(suspect);
    }

    /** What turned out to be true. */
    public Truth known() {
        return truth == null ? new Truth.Flag(label) : Truth.of(truth);
    }
}
