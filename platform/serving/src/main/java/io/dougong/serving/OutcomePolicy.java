package io.dougong.serving;

import io.dougong.decisions.FeatureValue;
import io.dougong.decisions.Outcome;
import io.dougong.decisions.Score;
import io.dougong.decisions.Verdict;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From probability, prediction set, verdicts and what is at stake to what to do. */
final class OutcomePolicy {

    private static final String GROUP_RULE = "group-threshold";

    private final DecisionDefinition definition;
    private final List<DecisionDefinition.OutcomeBand> bands;
    private final Stakes stakes;

    OutcomePolicy(DecisionDefinition definition) {
        this.definition = definition;
        this.bands = definition.outcomes();
        this.stakes = definition.stakes();
    }

    /** @param expected what the choices are expected to cost; empty if it is not known */
    Outcome outcome(
            Score score,
            int setSize,
            List<Verdict> verdicts,
            Map<String, Double> expected,
            List<FeatureValue> gathered) {
        if (Double.isNaN(score.margin()) || setSize != 1 || asksForAPerson(verdicts)) {
            return Outcome.REVIEW;
        }
        return stakes.costs() == null ? band(score, gathered) : cheapest(expected, true);
    }

    /** The outcome if nothing stood against deciding. */
    Outcome leaning(Score score, List<FeatureValue> gathered) {
        return stakes.costs() == null ? band(score, gathered) : cheapest(expectedCosts(score, gathered), false);
    }

    /** What each choice is expected to cost; empty if nothing has a price, or the amount is missing. */
    Map<String, Double> expectedCosts(Score score, List<FeatureValue> gathered) {
        CostMatrix costs = stakes.costs();
        if (costs == null || !(score instanceof Score.Binary)) {
            return Map.of();
        }
        String amount = costs.amount();
        return costs.expected(score.probability(), amount == null ? Double.NaN : number(value(amount, gathered)));
    }

    /** The earlier band wins a tie; without a known cost a person must look. */
    private Outcome cheapest(Map<String, Double> expected, boolean mayAsk) {
        if (expected.isEmpty()) {
            return Outcome.REVIEW;
        }
        String best = bands.getFirst().label();
        for (DecisionDefinition.OutcomeBand band : bands) {
            best = cost(band.label(), expected) < cost(best, expected) ? band.label() : best;
        }
        boolean ask = mayAsk && cost(Outcome.REVIEW.label(), expected) < cost(best, expected);
        return ask ? Outcome.REVIEW : new Outcome(best);
    }

    private static double cost(String outcome, Map<String, Double> expected) {
        return expected.getOrDefault(outcome, Double.POSITIVE_INFINITY);
    }

    private Outcome band(Score score, List<FeatureValue> gathered) {
        Double own = ownThreshold(gathered);
        if (own != null && score instanceof Score.Binary(double _, double probability)) {
            return new Outcome((probability >= own ? bands.getFirst() : bands.getLast()).label());
        }
        return new Outcome(definition.leaning(score));
    }

    /** By the bands alone, the same for all. */
    Outcome band(double probability) {
        return new Outcome(bands.get(definition.band(probability)).label());
    }

    private @Nullable Double ownThreshold(List<FeatureValue> gathered) {
        GroupThresholds thresholds = stakes.groupThresholds();
        if (thresholds == null) {
            return null;
        }
        String group = thresholds.by().group(value(thresholds.by().field(), gathered));
        return group == null ? null : thresholds.from().get(group);
    }

    /** The verdicts, and a note if the person's group has a threshold of its own. */
    List<Verdict> noted(List<Verdict> verdicts, List<FeatureValue> gathered) {
        GroupThresholds thresholds = stakes.groupThresholds();
        Double own = ownThreshold(gathered);
        if (thresholds == null || own == null) {
            return verdicts;
        }
        List<Verdict> noted = new ArrayList<>(verdicts);
        String message =
                "Decided at " + BigDecimal.valueOf(own).stripTrailingZeros().toPlainString()
                        + ", the threshold of this group, as the application's justification says.";
        noted.add(new Verdict(GROUP_RULE, thresholds.by().field(), Verdict.Severity.WARN, message));
        return noted;
    }

    private static @Nullable Object value(String field, List<FeatureValue> gathered) {
        for (FeatureValue each : gathered) {
            if (each.name().equals(field)) {
                return each.value();
            }
        }
        return null;
    }

    private static double number(@Nullable Object value) {
        return value instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    private static boolean asksForAPerson(List<Verdict> verdicts) {
        for (Verdict verdict : verdicts) {
            if (verdict.severity() != Verdict.Severity.WARN) {
                return true;
            }
        }
        return false;
    }
}
