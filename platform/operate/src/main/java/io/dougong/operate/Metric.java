package io.dougong.operate;

import io.dougong.models.Task;
import java.util.List;
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
    SELECTIVE_RISK(1),
    /** Share of the decisions whose most probable class was the true one. */
    ACCURACY(-1),
    /** Of several classes the mean over them, each against the rest. */
    MACRO_AUC(-1),
    /** Mean absolute error of a number, in its unit. */
    MAE(1),
    RMSE(1),
    /** Share of the numbers whose interval did not hold the truth. */
    OUTSIDE(1);

    private final int worse;

    Metric(int worse) {
        this.worse = worse;
    }

    /** What is watched of a task. */
    static List<Metric> watched(Task task) {
        return switch (task) {
            case BINARY -> List.of(AUC, LOG_LOSS, EXCESS_LOSS, ECE, ABSTENTION, SELECTIVE_RISK);
            case MULTICLASS -> List.of(ACCURACY, LOG_LOSS, EXCESS_LOSS, MACRO_AUC, ECE, ABSTENTION, SELECTIVE_RISK);
            case REGRESSION -> List.of(MAE, RMSE, OUTSIDE, ABSTENTION, SELECTIVE_RISK);
        };
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
