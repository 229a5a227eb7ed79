package io.dougong.features;

import io.dougong.kernel.Row;
import java.util.Comparator;

/** One event as features see it, with its place in the log. */
public record FeatureEvent(String stream, int partition, long offset, long timeMicros, Row row) {

    /** The order of batch: event time, then stream, partition and offset. */
    public static final Comparator<FeatureEvent> BY_TIME = Comparator.comparingLong(FeatureEvent::timeMicros)
            .thenComparing(FeatureEvent::stream)
            .thenComparingInt(FeatureEvent::partition)
            .thenComparingLong(FeatureEvent::offset);
}
