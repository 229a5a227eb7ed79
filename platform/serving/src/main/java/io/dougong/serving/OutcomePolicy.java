package io.dougong.serving;

import io.dougong.decisions.Outcome;
import io.dougong.decisions.Score;
import io.dougong.decisions.Verdict;
import java.util.List;

/** From score, prediction set and verdicts to what to do. */
final class OutcomePolicy {

    private final DecisionDefinition definition;

    OutcomePolicy(DecisionDefinition definition) {
        this.definition = definition;
    }

    Outcome outcome(Score score, int setSize, List<Verdict> verdicts) {
        return setSize != 1 || asksForAPerson(verdicts) ? Outcome.REVIEW : leaning(score);
    }

    /** The outcome if nothing stood against deciding. */
    Outcome leaning(Score score) {
        return new Outcome(definition.leaning(score));
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
