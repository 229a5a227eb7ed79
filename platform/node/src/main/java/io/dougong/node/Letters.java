package io.dougong.node;

import io.dougong.decisions.Decision;
import io.dougong.decisions.Reason;
import io.dougong.manifest.Application;
import io.dougong.review.ReviewCase;
import io.dougong.serving.AdverseAction;
import io.dougong.serving.AdverseLetter;
import java.util.List;
import java.util.Optional;

/** Writes the letters of refusals from what is recorded. */
final class Letters {

    private final Replays replays;
    private final ReviewDesk desk;

    Letters(Replays replays, ReviewDesk desk) {
        this.replays = replays;
        this.desk = desk;
    }

    /** Of a decision that refused, or that a person settled so: then the reasons are those of the recorded values. */
    String write(Decision decision, boolean chinese) {
        AdverseAction adverse = adverse(decision)
                .orElseThrow(() -> NodeProblem.noLetter(
                        decision.id(),
                        "its application does not say how refusals are explained",
                        "Add 'adverse' to the decision in the manifest."));
        return new AdverseLetter(adverse, chinese).of(decision, reasons(decision, adverse));
    }

    /** Whether it refused, or a person settled it so, and refusals are explained by letter. */
    boolean explains(Decision decision) {
        return adverse(decision)
                .filter(adverse -> adverse.outcomes().contains(said(decision)))
                .isPresent();
    }

    private List<Reason> reasons(Decision decision, AdverseAction adverse) {
        if (adverse.outcomes().contains(decision.outcome().label())) {
            return decision.reasons();
        }
        String said = said(decision);
        if (!adverse.outcomes().contains(said)) {
            throw NodeProblem.noLetter(
                    decision.id(), "its outcome is " + said, "Only refusals are explained by letter.");
        }
        List<Reason> reasons = replays.principalReasons(decision);
        if (reasons.isEmpty()) {
            throw NodeProblem.noLetter(
                    decision.id(),
                    "nothing in its values pushed toward refusal",
                    "The person who refused must give the reasons.");
        }
        return reasons;
    }

    private String said(Decision decision) {
        String own = decision.outcome().label();
        return decision.outcome().decided()
                ? own
                : desk.look(decision.id()).map(ReviewCase::outcome).orElse(own);
    }

    private Optional<AdverseAction> adverse(Decision decision) {
        return Optional.of(replays.application(decision))
                .flatMap((Application application) -> application.decision(decision.name()))
                .map(definition -> definition.stakes().adverse());
    }
}
