package io.dougong.serving;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What each outcome costs, if the event that the model predicts happens and if not. With a calibrated probability the cheapest outcome
 * is the Bayes-optimal one (Elkan, <i>The Foundations of Cost-Sensitive Learning</i>, IJCAI 2001); leaving the case to a person is one
 * of the choices if it has a price (Chow, <i>On Optimum Recognition Error and Reject Tradeoff</i>, IEEE Transactions on Information
 * Theory 16, 1970).
 *
 * @param unit of all costs, e.g. {@code EUR}; empty if it has no name
 * @param amount the field that shares are of, or null if no cost depends on one
 * @param outcomes every outcome of the decision
 * @param review what a person's look costs; null if cost alone is never a reason to ask one
 */
public record CostMatrix(
        String unit,
        @Nullable String amount,
        Map<String, Either> outcomes,
        @Nullable Double review) {

    private static final String REVIEW = "REVIEW";

    public CostMatrix {
        outcomes = Map.copyOf(outcomes);
    }

    /**
     * A price.
     *
     * @param fixed in the matrix' unit
     * @param share of the amount, added to it
     */
    public record Price(double fixed, double share) {

        public static final Price NOTHING = new Price(0, 0);

        double of(double amount) {
            return share == 0 ? fixed : fixed + share * amount;
        }
    }

    /** The price of an outcome if the predicted event happens, and if it does not. */
    public record Either(Price ifTrue, Price ifFalse) {

        /** Expected price at this probability of the event. */
        public double expected(double probability, double amount) {
            return probability * ifTrue.of(amount) + (1 - probability) * ifFalse.of(amount);
        }
    }

    /**
     * The expected cost of every choice, by outcome; empty if the amount is needed and not known.
     *
     * @param amount NaN if not known
     */
    public Map<String, Double> expected(double probability, double amount) {
        Map<String, Double> expected = new TreeMap<>();
        if (Double.isNaN(probability) || amount() != null && Double.isNaN(amount)) {
            return expected;
        }
        outcomes.forEach((outcome, price) -> expected.put(outcome, price.expected(probability, amount)));
        if (review != null) {
            expected.put(REVIEW, review);
        }
        return expected;
    }

    /** What an outcome did cost, now that the truth is known; 0 for one that the matrix does not price, NaN if it cannot be told. */
    public double incurred(String outcome, boolean truth, double amount) {
        if (outcome.equals(REVIEW)) {
            return review == null ? 0 : review;
        }
        Either price = outcomes.get(outcome);
        if (price == null) {
            return 0;
        }
        return (truth ? price.ifTrue() : price.ifFalse()).of(amount);
    }

    /**
     * The probability from which {@code positive} is cheaper than {@code negative} for this amount; NaN if one of the two is cheaper
     * whatever the probability.
     */
    public double threshold(String positive, String negative, double amount) {
        Either high = outcomes.get(positive);
        Either low = outcomes.get(negative);
        if (high == null || low == null) {
            return Double.NaN;
        }
        double needless = high.ifFalse().of(amount) - low.ifFalse().of(amount);
        double missed = low.ifTrue().of(amount) - high.ifTrue().of(amount);
        return needless > 0 && missed > 0 ? needless / (needless + missed) : Double.NaN;
    }
}
