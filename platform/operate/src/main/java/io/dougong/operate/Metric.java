package io.dougong.operate;

import java.util.Locale;

/** A figure of live quality. */
public enum Metric {
    AUC(-1),
    LOG_LOSS(1),
    /**
     * Log loss less the loss that the probabilities expect of themselves: zero on average as long as they are calibrated, however hard
     * the day is (the idea of Spiegelhalter 1986). So it finds a small fault that bad weather would hide in the log loss.
     */
    EXCESS_LOSS(1),
    BRIER(1),
    ECE(1),
    ABSTENTION(1),
    SELECTIVE_RISK(1);

    private final int worse;

    Metric(int worse) {
        this.worse = worse;
    }

    /** 1 if a larger figure is worse, −1 if a smaller one. */
    int worse() {
        return worse;
    }

    /** As people write it, e.g. {@code log_loss}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
