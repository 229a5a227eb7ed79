package io.dougong.review;

/** What the log tells the desk. */
public sealed interface Fact {

    String decisionId();

    /** A decision was left to a person. */
    record Asked(
            String decisionId,
            String application,
            String decision,
            String key,
            double probability,
            String leaning,
            long askedMicros,
            long dueMicros,
            int needed)
            implements Fact {}

    /** A person said something. */
    record Given(String decisionId, Opinion opinion) implements Fact {}

    /** The truth became known by itself. */
    record Known(String decisionId, String truth) implements Fact {}
}
