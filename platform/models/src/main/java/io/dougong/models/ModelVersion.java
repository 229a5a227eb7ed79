package io.dougong.models;

import io.dougong.kernel.Digest;
import java.util.List;
import java.util.Map;

/**
 * One registered version of a model.
 *
 * @param version 1, 2, … in order of registration
 * @param digest of its artifact
 * @param metrics from its card
 * @param stages alias changes that put an alias on this version or took one away, oldest first
 */
public record ModelVersion(
        String name,
        int version,
        Digest digest,
        long createdMicros,
        Map<String, Double> metrics,
        List<AliasChange> stages) {

    public ModelVersion {
        metrics = Map.copyOf(metrics);
        stages = List.copyOf(stages);
    }
}
