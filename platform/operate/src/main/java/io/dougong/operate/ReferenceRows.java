package io.dougong.operate;

import io.dougong.models.AdaptiveConformal;
import org.jspecify.annotations.Nullable;

/** The rows that a version was trained, calibrated and tested on, oldest first. */
public interface ReferenceRows {

    int rows();

    long askedMicros(int row);

    long knownMicros(int row);

    /** String, Float, Boolean or null. */
    @Nullable
    Object value(int row, int feature);

    /** Whether the truth favoured the score: of two classes whether the positive one came true, of several the most probable one. */
    boolean label(int row);

    /** Whether the row would be decided at this nonconformity threshold. */
    default boolean decided(int row, double threshold) {
        return AdaptiveConformal.Verdict.of(probability(row), threshold).setSize() == 1;
    }

    /** Calibrated probability of a true label if the version was not trained on this row, else NaN. */
    double probability(int row);
}
