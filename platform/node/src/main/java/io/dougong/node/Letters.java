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

    private List<Reason> reasons(Decision decision, AdverseAction adverse) {
        if (adverse.outcomes().contains(decision.outcome().label())) {
            return decision.reasons();
        }
        String said = decision.outcome().decided() ? decision.outcome().label() : settled(decision);
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

    private String settled(Decision decision) {
        ReviewCase waiting = desk.find(decision.id());
        return waiting.outcome() == null ? decision.outcome().label() : waiting.outcome();
    }

    private Optional<AdverseAction> adverse(Decision decision) {
        return Optional.of(replays.application(decision))
                .flatMap((Application application) -> application.decision(decision.name()))
                .map(definition -> definition.stakes().adverse());
    }
}
