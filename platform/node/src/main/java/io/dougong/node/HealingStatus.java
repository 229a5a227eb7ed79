package io.dougong.node;

import io.dougong.operate.HealingState;
import java.util.List;
import java.util.Map;

/**
 * How the healing of one model stands, and how it came there.
 *
 * @param story bounded, oldest first
 */
public record HealingStatus(String model, HealingState state, List<Step> story) {

    public HealingStatus {
        story = List.copyOf(story);
    }

    /**
     * One step.
     *
     * @param outcome e.g. {@code RETRAIN}, {@code CANARY}, {@code PROMOTE}
     * @param phase it led to
     * @param figures the evidence
     * @param decisionId the record, to be shown or replayed like any decision
     */
    public record Step(
            long atMicros,
            int episode,
            String outcome,
            HealingState.Phase phase,
            String trigger,
            String cause,
            String english,
            String chinese,
            Map<String, Double> figures,
            String decisionId) {}
}
