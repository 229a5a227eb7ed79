package io.dougong.serving;

import io.dougong.review.ReviewPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A decision as a manifest declares it.
 *
 * @param stream each event of it asks the question, once the model has a champion
 * @param subject the field that names the person concerned, or null
 * @param outcomes bands of probability, highest first; the last starts at 0
 * @param abstention when to answer REVIEW instead, or null to always decide
 * @param reasons how many causes to give
 * @param shadows names of other models asked along without effect
 * @param maxAge features older than this leave a verdict, or null for no limit
 * @param cacheSize scores kept for equal inputs, 0 for none
 * @param review how cases left to a person are settled, or null for {@link ReviewPolicy#DEFAULT}
 * @param words feature name to its name for people
 */
public record DecisionDefinition(
        String name,
        String stream,
        @Nullable String subject,
        String model,
        List<OutcomeBand> outcomes,
        @Nullable Abstention abstention,
        int reasons,
        List<String> shadows,
        @Nullable Duration maxAge,
        int cacheSize,
        @Nullable ReviewPolicy review,
        Map<String, Words> words) {

    public DecisionDefinition {
        outcomes = List.copyOf(outcomes);
        shadows = List.copyOf(shadows);
        words = Map.copyOf(words);
    }

    public ReviewPolicy reviewPolicy() {
        return review == null ? ReviewPolicy.DEFAULT : review;
    }

    /** The outcome that a probability falls to, whether or not it is sure enough to be taken. */
    public String leaning(double probability) {
        return outcomes.stream()
                .filter(band -> probability >= band.from())
                .findFirst()
                .orElseGet(outcomes::getLast)
                .label();
    }

    /** The outcome {@code label} is taken from probability {@code from} upward. */
    public record OutcomeBand(String label, double from) {}

    /**
     * @param coverage share of prediction sets that shall hold the truth, e.g. 0.9
     * @param rate step of the adaptive rule; larger follows drift faster and wobbles more
     */
    public record Abstention(double coverage, double rate) {}

    /** A feature's name for people. */
    public record Words(String english, String chinese) {}
}
