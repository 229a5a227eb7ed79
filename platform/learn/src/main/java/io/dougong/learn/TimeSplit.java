package io.dougong.learn;

import io.dougong.kernel.InvalidValue;

/** Shares of the time range, oldest first: train, then calibrate, and the rest to test. */
public record TimeSplit(double train, double calibrate) {

    public static final TimeSplit DEFAULT = new TimeSplit(0.7, 0.15);

    public TimeSplit {
        if (!(train > 0 && calibrate >= 0 && train + calibrate < 1)) {
            throw new InvalidValue(
                    "bad-split",
                    "train " + train + " and calibrate " + calibrate + " must be positive and leave a rest to test.",
                    "For example train: 0.7, calibrate: 0.15.");
        }
    }
}
