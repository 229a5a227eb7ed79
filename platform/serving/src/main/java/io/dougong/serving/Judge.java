package io.dougong.serving;

import io.dougong.decisions.Confidence;
import io.dougong.decisions.FeatureValue;
import io.dougong.decisions.Outcome;
import io.dougong.decisions.Reason;
import io.dougong.decisions.Score;
import io.dougong.decisions.ShadowScore;
import io.dougong.decisions.Verdict;
import java.util.List;

/**
 * The pure heart of a decision: from a model, the values and the abstention threshold to outcome, confidence and reasons. The live
 * path and replay both go through here, and nothing here reads a clock, a store or a random number.
 */
public final class Judge {

    private final DecisionDefinition definition;
    private final OutcomePolicy policy;
    private final ReasonWriter reasons;

    public Judge(DecisionDefinition definition) {
        this.definition = definition;
        this.policy = new OutcomePolicy(definition);
        this.reasons = new ReasonWriter(
                definition.words(),
                definition.reasons(),
                definition.outcomes().getFirst().label());
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
        Arm.Scored scored = arm.score(inputs, definition.reasons() > 0);
        Score score = scored.score() instanceof Score.Amount amount ? amount.within(threshold) : scored.score();
        int setSize = PredictionSet.size(score, threshold, definition);
        return new Judgement(
                score,
                policy.outcome(score, setSize, verdicts),
                new Confidence(confidence(score, threshold), threshold, coverageTarget(), setSize),
                explain(scored, inputs),
                verdicts,
                scored.cached());
    }

    /** What a version without effect would have said; it does not abstain. */
    public ShadowScore shadow(Arm arm, List<FeatureValue> gathered) {
        Score score = arm.score(arm.inputs(gathered), false).score();
        return new ShadowScore(arm.reference(), score, policy.leaning(score));
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
                false);
    }
}
