package io.dougong.learn;

import io.dougong.kernel.InvalidValue;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Shares of the time range, oldest first: train, then calibrate, and the rest to test.
 *
 * @param history how far back the rows go; null takes all there are
 */
public record TimeSplit(
        double train, double calibrate, @Nullable Duration history) {

    public static final TimeSplit DEFAULT = new TimeSplit(0.7, 0.15);

    public TimeSplit {
        if (!(train > 0 && calibrate >= 0 && train + calibrate < 1)) {
            throw new InvalidValue(
                    "bad-split",
                    "train " + train + " and calibrate " + calibrate + " must be positive and leave a rest to test.",
                    "For example train: 0.7, calibrate: 0.15.");
        }
        if (history != null && !history.isPositive()) {
            throw new InvalidValue("bad-split", "history " + history + " holds no rows.", "For example history: 90d.");
        }
    }

    /** Of all history there is. */
    public TimeSplit(double train, double calibrate) {
        this(train, calibrate, null);
    }

    /** Event time of the first row, if the oldest event and the end of the rows are these. */
    public long fromMicros(long oldestMicros, long toMicros) {
        return history == null ? oldestMicros : Math.max(oldestMicros, toMicros - history.toMillis() * 1_000);
    }
}
