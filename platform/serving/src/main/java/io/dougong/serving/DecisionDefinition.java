package io.dougong.serving;

import io.dougong.decisions.Outcome;
import io.dougong.decisions.Score;
import io.dougong.decisions.Truth;
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
 * @param outcomes of two classes bands of probability, of a number bands of value, highest first, the last takes all below; of several
 *     classes their names
 * @param abstention when to answer REVIEW instead, or null to always decide
 * @param reasons how many causes to give
 * @param shadows names of other models asked along without effect
 * @param maxAge features older than this leave a verdict, or null for no limit
 * @param cacheSize scores kept for equal inputs, 0 for none
 * @param review how cases left to a person are settled, or null for {@link ReviewPolicy#DEFAULT}
 * @param words feature name to its name for people
 * @param stakes costs, refusals and fairness
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
        Map<String, Words> words,
        Stakes stakes) {

    public DecisionDefinition {
        outcomes = List.copyOf(outcomes);
        shadows = List.copyOf(shadows);
        words = Map.copyOf(words);
    }

    /** With nothing at stake. */
    public DecisionDefinition(
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
        this(
                name,
                stream,
                subject,
                model,
                outcomes,
                abstention,
                reasons,
                shadows,
                maxAge,
                cacheSize,
                review,
                words,
                Stakes.NONE);
    }

    public ReviewPolicy reviewPolicy() {
        return review == null ? ReviewPolicy.DEFAULT : review;
    }

    /** The outcome that a score points to, whether or not it is sure enough to be taken; REVIEW if there is no score. */
    public String leaning(Score score) {
        if (Double.isNaN(score.margin())) {
            return Outcome.REVIEW.label();
        }
        return switch (score) {
            case Score.Binary binary -> outcomes.get(band(binary.probability())).label();
            case Score.Classes classes -> classes.top();
            case Score.Amount amount -> outcomes.get(band(amount.value())).label();
        };
    }

    /** The place of the band that a probability or value falls into. */
    int band(double value) {
        for (int band = 0; band < outcomes.size() - 1; band++) {
            if (value >= outcomes.get(band).from()) {
                return band;
            }
        }
        return outcomes.size() - 1;
    }

    boolean tooWide(double width) {
        return abstention != null && abstention.widest() != null && width > abstention.widest();
    }

    /**
     * Whether the answer was right, if there was one: of two classes the outcome on the truth's side, of several the class, of a number
     * any band whose interval holds it.
     */
    public boolean right(String outcome, Score score, Truth truth) {
        boolean favoured = truth.favours(score);
        return score instanceof Score.Binary
                ? outcome.equals(outcomes.getFirst().label()) == favoured
                : favoured;
    }

    /**
     * The outcome {@code label} is taken from probability or value {@code from} upward.
     *
     * @param from NaN for a class, and for the last band of a number
     */
    public record OutcomeBand(String label, double from) {

        /** A class, or the one band of all numbers. */
        public static OutcomeBand named(String label) {
            return new OutcomeBand(label, Double.NaN);
        }

        public boolean bounded() {
            return !Double.isNaN(from);
        }
    }

    /**
     * @param coverage share of prediction sets that shall hold the truth, e.g. 0.9
     * @param rate step of the adaptive rule; larger follows drift faster and wobbles more
     * @param widest widest interval of a number with which to decide, or null for any
     */
    public record Abstention(
            double coverage, double rate, @Nullable Double widest) {

        public Abstention(double coverage, double rate) {
            this(coverage, rate, null);
        }
    }

    /** A feature's name for people. */
    public record Words(String english, String chinese) {}
}
