package io.dougong.operate;

import org.jspecify.annotations.Nullable;

/** The rows that a version was trained, calibrated and tested on, oldest first. */
public interface ReferenceRows {

    int rows();

    long askedMicros(int row);

    long knownMicros(int row);

    /** String, Float, Boolean or null. */
    @Nullable
    Object value(int row, int feature);

    boolean label(int row);

    /** Calibrated probability if the version was not trained on this row, else NaN. */
    double probability(int row);
}
