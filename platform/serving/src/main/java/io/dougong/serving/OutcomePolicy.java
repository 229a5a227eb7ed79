package io.dougong.serving;

import io.dougong.decisions.Outcome;
import io.dougong.decisions.Verdict;
import java.util.List;

/** From probability, prediction set and verdicts to what to do. */
final class OutcomePolicy {

    private final List<DecisionDefinition.OutcomeBand> bands;

    OutcomePolicy(List<DecisionDefinition.OutcomeBand> bands) {
        this.bands = bands;
    }

    Outcome outcome(double probability, int setSize, List<Verdict> verdicts) {
        if (Double.isNaN(probability) || setSize != 1 || asksForAPerson(verdicts)) {
            return Outcome.REVIEW;
        }
        return band(probability);
    }

    /** The outcome if nothing stood against deciding. */
    Outcome band(double probability) {
        for (DecisionDefinition.OutcomeBand band : bands) {
            if (probability >= band.from()) {
                return new Outcome(band.label());
            }
        }
        return Outcome.REVIEW;
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
