package io.dougong.review;

import org.jspecify.annotations.Nullable;

/** What the log tells the desk. */
public sealed interface Fact {

    String decisionId();

    /**
     * A decision was left to a person.
     *
     * @param positive the outcome that is right if the label is true, {@code negative} the one if it is false
     */
    record Asked(
            String decisionId,
            String application,
            String decision,
            String key,
            double probability,
            String leaning,
            String positive,
            String negative,
            long askedMicros,
            long dueMicros,
            int needed)
            implements Fact {}

    /** A person said something. */
    record Given(String decisionId, Opinion opinion) implements Fact {}

    /**
     * The truth became known by itself.
     *
     * @param outcome that it makes right; null if {@code label} chooses between the two of {@link Asked}
     */
    record Known(String decisionId, boolean label, @Nullable String outcome) implements Fact {

        public Known(String decisionId, boolean label) {
            this(decisionId, label, null);
        }
    }
}
