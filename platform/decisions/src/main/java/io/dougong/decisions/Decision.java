package io.dougong.decisions;

import java.util.List;

/**
 * One answer of the platform, complete enough to be explained to a person and computed again to the same bits.
 *
 * @param id unique; equal questions of one stream event have equal ids, so that asking twice is answered once
 * @param applicationVersion content digest of the manifest that was in force
 * @param decidedMicros wall clock when the answer was given
 * @param features the exact values the model saw, in the model's order
 * @param shadows what models that take no traffic would have said
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
        Lineage lineage) {

    public Decision {
        features = List.copyOf(features);
        reasons = List.copyOf(reasons);
        verdicts = List.copyOf(verdicts);
        shadows = List.copyOf(shadows);
    }
}
