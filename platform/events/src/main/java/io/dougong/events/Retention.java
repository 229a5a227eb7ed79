package io.dougong.events;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a stream keeps its events; applied when {@link EventLog#retain} runs, oldest first.
 *
 * @param maxAge counted from the moment the event was stored; null keeps events of any age
 * @param maxBytes of each partition, as stored before compression; {@link #UNBOUNDED_BYTES} for no limit
 */
public record Retention(@Nullable Duration maxAge, long maxBytes) {

    public static final long UNBOUNDED_BYTES = Long.MAX_VALUE;

    /** Nothing is ever dropped. */
    public static final Retention FOREVER = new Retention(null, UNBOUNDED_BYTES);

    public Retention {
        if (maxAge != null && (maxAge.isNegative() || maxAge.isZero())) {
            throw EventProblem.badStream("a retention of " + maxAge + " keeps nothing", "Maybe a unit is missing.");
        }
        if (maxBytes <= 0) {
            throw EventProblem.badStream(
                    "a retention of " + maxBytes + " bytes keeps nothing", "Maybe a unit is missing.");
        }
    }

    public static Retention ofAge(Duration maxAge) {
        return new Retention(maxAge, UNBOUNDED_BYTES);
    }

    public static Retention ofBytes(long maxBytes) {
        return new Retention(null, maxBytes);
    }

    public boolean isUnbounded() {
        return maxAge == null && maxBytes == UNBOUNDED_BYTES;
    }
}
