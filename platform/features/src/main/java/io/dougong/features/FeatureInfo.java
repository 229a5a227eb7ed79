package io.dougong.features;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

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
        int entities) {

    private static final long PANE_MICROS = 60_000_000;

    /** Just after the newest event that a view has seen, when its minute counts; empty if it has seen none. */
    public static Optional<Long> whenNewestCounts(List<FeatureInfo> features, String view) {
        return features.stream()
                .filter(feature -> feature.view().equals(view))
                .map(FeatureInfo::newestMicros)
                .filter(micros -> micros != Long.MIN_VALUE)
                .map(micros -> micros + PANE_MICROS)
                .findFirst();
    }
}
