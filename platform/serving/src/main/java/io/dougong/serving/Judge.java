package io.dougong.serving;

import io.dougong.decisions.Confidence;
import io.dougong.decisions.FeatureValue;
import io.dougong.decisions.Outcome;
import io.dougong.decisions.Reason;
import io.dougong.decisions.Score;
import io.dougong.decisions.ShadowScore;
import io.dougong.decisions.Verdict;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pure heart of a decision: from a model, the values and the abstention threshold to outcome, confidence and reasons. The live
 * path and replay both go through here, and nothing here reads a clock, a store or a random number.
 */
public final class Judge {

    private final DecisionDefinition definition;
    private final OutcomePolicy policy;
    private final ReasonWriter reasons;
    private final @Nullable PrincipalReasons principal;

    public Judge(DecisionDefinition definition) {
        this.definition = definition;
        this.policy = new OutcomePolicy(definition);
        this.reasons = new ReasonWriter(
                definition.words(),
                definition.reasons(),
                definition.outcomes().getFirst().label());
        AdverseAction adverse = definition.stakes().adverse();
        this.principal = adverse == null
                ? null
                : new PrincipalReasons(
                        adverse, policy, definition.outcomes().getFirst().label());
    }

    /**
     * @param gathered values by the names that the arm was made for
     * @param threshold nonconformity threshold q; NaN decides always
     */
    public Judgement judge(Arm arm, List<FeatureValue> gathered, double threshold) {
        List<FeatureValue> inputs = arm.inputs(gathered);
        List<Verdict> verdicts = arm.verdicts(inputs);
        if (blocked(verdicts)) {
            return unasked(threshold, verdicts);
        }
        Arm.Scored scored = arm.score(inputs, definition.reasons() > 0 || principal != null);
        Score score = scored.score() instanceof Score.Amount amount ? amount.within(threshold) : scored.score();
        int setSize = PredictionSet.size(score, threshold, definition);
        Map<String, Double> expected = policy.expectedCosts(score, gathered);
        Explained explained =
                explained(policy.outcome(score, setSize, verdicts, expected, gathered), arm, scored, inputs);
        return new Judgement(
                score,
                explained.outcome(),
                new Confidence(confidence(score, threshold), threshold, coverageTarget(), setSize),
                explained.reasons(),
                policy.noted(verdicts, gathered),
                expected,
                scored.cached());
    }

    private record Explained(Outcome outcome, List<Reason> reasons) {}

    /** A refusal comes with its principal reasons; one for which there are none is left to a person. */
    private Explained explained(Outcome outcome, Arm arm, Arm.Scored scored, List<FeatureValue> inputs) {
        if (principal == null || !principal.refuses(outcome)) {
            return new Explained(outcome, explain(scored, inputs));
        }
        List<Reason> why = principal.of(arm, inputs, scored.contributions());
        return why.isEmpty() ? new Explained(Outcome.REVIEW, explain(scored, inputs)) : new Explained(outcome, why);
    }

    /** Why these values would be refused, whatever the outcome was; empty if nothing pushed toward refusal or nothing can be. */
    public List<Reason> principalReasons(Arm arm, List<FeatureValue> gathered) {
        List<FeatureValue> inputs = arm.inputs(gathered);
        return principal == null
                ? List.of()
                : principal.of(arm, inputs, arm.score(inputs, true).contributions());
    }

    /** What a version without effect would have said; it does not abstain. */
    public ShadowScore shadow(Arm arm, List<FeatureValue> gathered) {
        Score score = arm.score(arm.inputs(gathered), false).score();
        return new ShadowScore(arm.reference(), score, policy.leaning(score, gathered));
    }

    private List<Reason> explain(Arm.Scored scored, List<FeatureValue> values) {
        return scored.contributions().length == 0
                ? List.of()
                : reasons.reasons(values, scored.contributions(), scored.score());
    }

    private double confidence(Score score, double threshold) {
        return switch (score) {
            case Score.Binary binary -> Math.max(binary.probability(), 1 - binary.probability());
            case Score.Classes classes -> classes.probability();
            case Score.Amount _ -> Double.isNaN(threshold) ? Double.NaN : coverageTarget();
        };
    }

    private double coverageTarget() {
        DecisionDefinition.Abstention abstention = definition.abstention();
        return abstention == null ? 0 : abstention.coverage();
    }

    private static boolean blocked(List<Verdict> verdicts) {
        return verdicts.stream().anyMatch(verdict -> verdict.severity() == Verdict.Severity.BLOCK);
    }

    private Judgement unasked(double threshold, List<Verdict> verdicts) {
        return new Judgement(
                new Score.Binary(Double.NaN, Double.NaN),
                Outcome.REVIEW,
                new Confidence(Double.NaN, threshold, coverageTarget(), 0),
                List.of(),
                verdicts,
                Map.of(),
                false);
    }
}
