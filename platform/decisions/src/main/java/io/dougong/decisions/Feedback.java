package io.dougong.decisions;

import org.jspecify.annotations.Nullable;

/**
 * The truth about a decision, as it became known.
 *
 * @param label the true class
 * @param knownMicros when it became known (event time)
 * @param source who said so: a stream position, or a caller's name
 * @param probability the calibrated probability that was recorded, so that quality is computed from feedback alone
 * @param threshold the conformal threshold that was in force; null if the decision never abstains
 * @param suspect true if it came from a feed that was found broken: recorded, but no measure of quality; null if not
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
        @Nullable Boolean suspect) {

    /** Whether it is a measure of quality. */
    public boolean trusted() {
        return !Boolean.TRUE.equals(suspect);
    }
}
