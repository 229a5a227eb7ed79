package io.dougong.review;

import io.dougong.kernel.Problem;
import io.dougong.kernel.Suggest;
import java.util.Collection;

/** What the desk refuses. */
public final class ReviewProblem extends Problem {

    private ReviewProblem(Kind kind, String code, String message, String advice) {
        super(kind, code, message, advice);
    }

    public static ReviewProblem noCase(String decisionId) {
        return new ReviewProblem(
                Kind.NOT_FOUND,
                "no-review-case",
                "Decision '" + decisionId + "' is not a case for review.",
                "Only decisions with outcome REVIEW are; 'dougong reviews list' shows those that wait.");
    }

    public static ReviewProblem over(ReviewCase over) {
        return new ReviewProblem(
                Kind.CONFLICT,
                "review-over",
                over.state() == CaseState.OVERTAKEN
                        ? "The truth about '" + over.key() + "' came first: it was " + over.truth() + "."
                        : "The case of '" + over.key() + "' is settled as " + over.outcome() + ".",
                "");
    }

    public static ReviewProblem saidBefore(String reviewer) {
        return new ReviewProblem(
                Kind.CONFLICT,
                "review-said-before",
                "'" + reviewer + "' has had a say in this case.",
                "With four eyes a different person must look.");
    }

    public static ReviewProblem unknownOutcome(String outcome, Collection<String> known) {
        return new ReviewProblem(
                Kind.BAD_INPUT,
                "unknown-outcome",
                "The decision has no outcome '" + outcome + "'.",
                Suggest.near(outcome, known));
    }
}
