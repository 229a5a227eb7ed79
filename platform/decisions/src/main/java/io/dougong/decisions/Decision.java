package io.dougong.decisions;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One answer of the platform, complete enough to be explained to a person and computed again to the same bits.
 *
 * @param id unique; equal questions of one stream event have equal ids, so that asking twice is answered once
 * @param applicationVersion content digest of the manifest that was in force
 * @param decidedMicros wall clock when the answer was given
 * @param features the exact values the model saw, in the model's order
 * @param shadows what models that take no traffic would have said
 * @param expectedCosts what each outcome was expected to cost when this one was chosen; empty if outcomes have no price
 */
public record Decision(
        String id,
        String application,
        String applicationVersion,
        String name,
        long decidedMicros,
        Question question,
        List<FeatureValue> features,
        ModelRef model,
        Score score,
        Outcome outcome,
        Confidence confidence,
        List<Reason> reasons,
        List<Verdict> verdicts,
        List<ShadowScore> shadows,
        Cost cost,
        Lineage lineage,
        Map<String, Double> expectedCosts) {

    public Decision {
        features = List.copyOf(features);
        reasons = List.copyOf(reasons);
        verdicts = List.copyOf(verdicts);
        shadows = List.copyOf(shadows);
        expectedCosts = Collections.unmodifiableMap(new TreeMap<>(expectedCosts));
    }

    /** Whose outcomes have no price. */
    public Decision(
            String id,
            String application,
            String applicationVersion,
            String name,
            long decidedMicros,
            Question question,
            List<FeatureValue> features,
            ModelRef model,
            Score score,
            Outcome outcome,
            Confidence confidence,
            List<Reason> reasons,
            List<Verdict> verdicts,
            List<ShadowScore> shadows,
            Cost cost,
            Lineage lineage) {
        this(
                id,
                application,
                applicationVersion,
                name,
                decidedMicros,
                question,
                features,
                model,
                score,
                outcome,
                confidence,
                reasons,
                verdicts,
                shadows,
                cost,
                lineage,
                Map.of());
    }
}
