package io.dougong.learn;

import java.util.Locale;

/** A bound that an evaluation must keep, e.g. {@code auc at least 0.7}. */
public record Gate(Metric metric, Bound bound, double value) {

    public enum Metric {
        AUC,
        LOG_LOSS,
        BRIER,
        ECE,
        COVERAGE,
        REVIEW_RATE;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public enum Bound {
        AT_LEAST,
        AT_MOST
    }

    public boolean holds(double measured) {
        return bound == Bound.AT_LEAST ? measured >= value : measured <= value;
    }
}
