package io.dougong.operate;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How an application is watched.
 *
 * @param window of event time that one figure is about
 * @param falseAlarmEvery how far apart false alarms of one kind of monitor (quality, drift) shall be on average
 * @param latencyObjective what 99 of 100 decisions must not take longer than, without the wait for the disk
 * @param groups stream to the text fields that say which feed an event came from; streams that are absent are watched as a whole
 */
public record MonitorsDefinition(
        Duration window, Duration falseAlarmEvery, Duration latencyObjective, Map<String, List<String>> groups) {

    public static final MonitorsDefinition USUAL =
            new MonitorsDefinition(Duration.ofDays(1), Duration.ofDays(3_650), Duration.ofMillis(50), Map.of());

    public MonitorsDefinition {
        groups = Map.copyOf(groups);
    }

    long windowMicros() {
        return window.toNanos() / 1_000;
    }

    /** Windows between false alarms. */
    double falseAlarmWindows() {
        return Math.max(2, (double) falseAlarmEvery.toMillis() / window.toMillis());
    }
}
