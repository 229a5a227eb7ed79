package io.dougong.serving;

import io.dougong.decisions.FeatureValue;
import io.dougong.decisions.Outcome;
import io.dougong.decisions.Reason;
import io.dougong.models.ContributionProfile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The principal reasons of a refusal.
 *
 * <p>Exact Shapley values add up to the margin less an average that is the same for all (Lundberg et al., <i>From Local Explanations to
 * Global Understanding with Explainable AI for Trees</i>, Nature Machine Intelligence 2, 2020). So what is left of an applicant's
 * contributions after subtracting the mean contributions of a reference population adds up to the distance of the applicant's margin
 * from the mean margin of that population: each difference says how many of these points a feature cost. This is the first method of the
 * official interpretation of Regulation B (12 CFR 1002, supplement I, 9(b)(2)-5): the factors for which the score fell furthest below
 * the average of the reference. Features that tell of one thing are summed before they are ranked, so that a circumstance spread over
 * several columns is neither lost nor told twice.
 */
final class PrincipalReasons {

    /** A group that makes up less than this of all that pushed toward refusal did not really push. */
    private static final double LEAST_SHARE = 0.02;

    private final AdverseAction adverse;
    private final OutcomePolicy policy;
    private final int direction;

    /** @param policy of the decision, which says who would have been approved */
    PrincipalReasons(AdverseAction adverse, OutcomePolicy policy, String highest) {
        this.adverse = adverse;
        this.policy = policy;
        this.direction = adverse.outcomes().contains(highest) ? 1 : -1;
    }

    boolean refuses(Outcome outcome) {
        return adverse.outcomes().contains(outcome.label());
    }

    private record Push(AdverseAction.ReasonText text, double toward, String strongest) {}

    /** The strongest first; empty if the model cannot say, or nothing pushed toward refusal. */
    List<Reason> of(Arm arm, List<FeatureValue> inputs, double[] contributions) {
        ContributionProfile profile = arm.model().card().profile();
        if (profile == null || contributions.length == 0) {
            return List.of();
        }
        double[] usual = reference(arm, profile);
        Map<String, Double> toward = new HashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            toward.put(inputs.get(i).name(), direction * (contributions[i] - usual[i]));
        }
        List<Push> pushes = new ArrayList<>();
        adverse.reasons().forEach(text -> pushes.add(push(text, toward)));
        double all =
                pushes.stream().mapToDouble(push -> Math.max(0, push.toward())).sum();
        return pushes.stream()
                .filter(push -> push.toward() > 0 && push.toward() >= LEAST_SHARE * all)
                .sorted(Comparator.comparingDouble(Push::toward).reversed())
                .limit(adverse.most())
                .map(this::reason)
                .toList();
    }

    private static Push push(AdverseAction.ReasonText text, Map<String, Double> toward) {
        double sum = 0;
        String strongest = text.features().getFirst();
        for (String feature : text.features()) {
            double own = toward.getOrDefault(feature, 0.0);
            sum += own;
            strongest = own > toward.getOrDefault(strongest, 0.0) ? feature : strongest;
        }
        return new Push(text, sum, strongest);
    }

    private Reason reason(Push push) {
        return new Reason(
                push.text().code(),
                push.strongest(),
                direction * push.toward(),
                push.text().english(),
                push.text().chinese());
    }

    private double[] reference(Arm arm, ContributionProfile profile) {
        Predicate<ContributionProfile.Bin> approved =
                bin -> !refuses(policy.band(arm.model().probability(bin.margin())));
        return switch (adverse.reference()) {
            case ALL -> profile.mean(_ -> true);
            case APPROVED -> profile.mean(approved);
            case NEAR_THRESHOLD -> profile.nearest(approved, direction > 0);
        };
    }
}
