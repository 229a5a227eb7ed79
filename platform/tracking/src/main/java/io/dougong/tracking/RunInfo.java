package io.dougong.tracking;

import org.jspecify.annotations.Nullable;

/**
 * @param endMillis null while it runs
 * @param artifactUri where its files lie
 */
public record RunInfo(
        String runId,
        String name,
        String experimentId,
        String userId,
        RunStatus status,
        long startMillis,
        @Nullable Long endMillis,
        String artifactUri,
        Lifecycle lifecycle) {}
