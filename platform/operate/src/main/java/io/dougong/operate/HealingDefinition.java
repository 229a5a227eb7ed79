package io.dougong.operate;

import io.dougong.operate.Reading.Kind;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a model is healed. Durations are of event time.
 *
 * @param model that is healed
 * @param on which kinds of alarms start it
 * @param trainingDelayMillis from the alarm until the trained candidate is shadowed; the stream waits for a slower training
 * @param shadowMillis how long a candidate is asked along without effect
 * @param canaryShare of the keys that a candidate then answers
 * @param canaryMillis how long
 * @param probationMillis how long the predecessor is asked along after a promotion
 * @param coolDownMillis after the end of one healing until an alarm may start the next
 * @param fallBack model to serve while a feed is broken, or null: one that does not read the broken feed
 * @param approval whether a person must approve every promotion
 */
public record HealingDefinition(
        String model,
        List<Kind> on,
        long trainingDelayMillis,
        long shadowMillis,
        double canaryShare,
        long canaryMillis,
        long probationMillis,
        long coolDownMillis,
        @Nullable String fallBack,
        boolean approval) {

    public HealingDefinition {
        on = List.copyOf(on);
    }

    /** With the usual durations. */
    public static HealingDefinition usual(String model) {
        return new HealingDefinition(
                model,
                List.of(Kind.FEED, Kind.QUALITY),
                Duration.ofHours(6).toMillis(),
                Duration.ofDays(1).toMillis(),
                0.2,
                Duration.ofDays(1).toMillis(),
                Duration.ofDays(2).toMillis(),
                Duration.ofDays(3).toMillis(),
                null,
                false);
    }
}
