package io.dougong.node;

import io.dougong.models.GroupFairness;
import io.dougong.operate.Stability;
import java.util.List;
import java.util.Map;

/**
 * What the recorded decisions of one kind have cost, how they treat groups, and how stable they are; measured from the record and the truth
 * that became known.
 *
 * @param decisions that were looked at, the newest ones
 * @param labelled how many of them have a known truth; only these tell of costs, fairness and slices
 * @param unit of the costs
 * @param costs of rules, on the same cases; empty if outcomes have no price
 * @param fairness by protected field; a case left to a person counts as what the model leaned to
 * @param stability of the scores and of each feature, against what the version that answered last was trained on
 * @param slices quality by the values of text features
 */
public record Assessment(
        long decisions,
        long labelled,
        String unit,
        List<RuleCost> costs,
        Map<String, List<GroupFairness>> fairness,
        List<Stability> stability,
        List<SliceQuality> slices) {

    /**
     * What one rule would have cost.
     *
     * @param rule {@code as_decided} (a person's look at its price, without what the person then decided), {@code cheapest} (nobody asked),
     *     {@code at_half} (threshold 0.5), {@code accept_all}
     * @param perDecision in the unit of the costs
     */
    public record RuleCost(String rule, double perDecision, double total, long refused, long reviewed) {}

    /** The labelled decisions in which a feature had a value, with a 95 % bootstrap interval. */
    public record SliceQuality(String field, String value, long rows, double auc, double low, double high) {}
}
