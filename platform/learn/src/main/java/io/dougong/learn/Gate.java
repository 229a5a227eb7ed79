package io.dougong.learn;

import io.dougong.models.Task;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** A bound that an evaluation must keep, e.g. {@code auc at least 0.7}. */
public record Gate(Metric metric, Bound bound, double value) {

    public enum Metric {
        /** Of several classes the mean over them, each against the rest. */
        AUC,
        LOG_LOSS,
        BRIER,
        /** Of several classes that of the most probable one. */
        ECE,
        /** Share of rows whose most probable class is the true one. */
        ACCURACY,
        /** Mean over the classes of the harmonic mean of precision and recall. */
        MACRO_F1,
        RMSE,
        MAE,
        /** 1 - squared errors / squared distances from the mean. */
        R2,
        COVERAGE,
        REVIEW_RATE;

        /** What an evaluation of this task measures. */
        public static Set<Metric> of(Task task) {
            return switch (task) {
                case BINARY -> EnumSet.of(AUC, LOG_LOSS, BRIER, ECE, COVERAGE, REVIEW_RATE);
                case MULTICLASS -> EnumSet.of(AUC, LOG_LOSS, ECE, ACCURACY, MACRO_F1, COVERAGE, REVIEW_RATE);
                case REGRESSION -> EnumSet.of(RMSE, MAE, R2, COVERAGE, REVIEW_RATE);
            };
        }

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
