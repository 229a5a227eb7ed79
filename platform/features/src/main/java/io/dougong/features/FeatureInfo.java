package io.dougong.features;

import java.time.Duration;
import java.util.List;

/**
 * A feature as a catalog shows it.
 *
 * @param entity the fields that make up its key
 * @param newestMicros event time of the newest event its view has seen, or {@link Long#MIN_VALUE} if none
 * @param entities how many entities are remembered
 */
public record FeatureInfo(
        String name,
        String view,
        String stream,
        List<String> entity,
        Aggregate aggregate,
        Duration window,
        String description,
        long newestMicros,
        int entities) {}
