package io.dougong.operate;

import io.dougong.decisions.Score;
import io.dougong.decisions.Truth;
import org.jspecify.annotations.Nullable;

/** The rows that a version was trained, calibrated and tested on, oldest first. */
public interface ReferenceRows {

    int rows();

    long askedMicros(int row);

    long knownMicros(int row);

    /** String, Float, Boolean or null. */
    @Nullable
    Object value(int row, int feature);

    /** What became true. */
    Truth truth(int row);

    /** What the version says, if it was not trained on this row, else null. */
    @Nullable
    Score score(int row);

    /** Whether the row would be decided at this nonconformity threshold. */
    boolean decided(int row, double threshold);
}
