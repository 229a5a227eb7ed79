package io.dougong.serving;

import io.dougong.decisions.Score;
import io.dougong.decisions.Truth;
import io.dougong.models.AdaptiveConformal;

/**
 * The answers that a score does not rule out at a nonconformity threshold q: of two or several classes those with {@code 1 - p ≤ q}
 * (Sadinle, Lei, Wasserman, <i>Least Ambiguous Set-Valued Classifiers with Bounded Error Levels</i>, JASA 2019); of a number all in
 * {@code value ± q · spread}.
 */
public final class PredictionSet {

    private PredictionSet() {}

    /** How little the truth fits the score; a set holds the truth if this is at most q. A class that the model does not know fits least. */
    public static double nonconformity(Score score, Truth truth) {
        return switch (score) {
            case Score.Binary binary -> truth.favours(score) ? 1 - binary.probability() : binary.probability();
            case Score.Classes classes ->
                1 - (truth instanceof Truth.Named(String name) ? classes.probability(name) : 0);
            case Score.Amount amount ->
                truth instanceof Truth.Amount(double value)
                        ? Math.abs(value - amount.value()) / amount.spread()
                        : Double.POSITIVE_INFINITY;
        };
    }

    /** Whether classes are decided at this threshold: exactly one is in the set. A number is, for all that is known without its bands. */
    public static boolean decides(Score score, double q) {
        return size(score, q) == 1;
    }

    private static int size(Score score, double q) {
        return switch (score) {
            case Score.Binary binary ->
                AdaptiveConformal.Verdict.of(binary.probability(), q).setSize();
            case Score.Classes classes ->
                (int) classes.classes().values().stream()
                        .filter(probability -> 1 - probability <= q)
                        .count();
            case Score.Amount _ -> 1;
        };
    }

    /**
     * Answers in the set; exactly one decides. Of a number the answers are the definition's bands that the interval touches, and one more
     * if it is wider than the definition lets it be.
     *
     * @param q NaN if the decision never abstains
     */
    static int size(Score score, double q, DecisionDefinition definition) {
        if (Double.isNaN(q)) {
            return 1;
        }
        return score instanceof Score.Amount amount ? answers(amount.within(q), definition) : size(score, q);
    }

    private static int answers(Score.Amount amount, DecisionDefinition definition) {
        int lowest = definition.band(amount.low());
        int highest = definition.band(amount.high());
        return lowest - highest + 1 + (definition.tooWide(amount.high() - amount.low()) ? 1 : 0);
    }
}
