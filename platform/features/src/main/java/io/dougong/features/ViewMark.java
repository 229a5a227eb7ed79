package io.dougong.features;

import io.dougong.kernel.Digest;
import java.util.List;

/**
 * What a view had seen when its state was written.
 *
 * @param version of the view; state of another version cannot be used
 * @param newestMicros event time of the newest event, {@link Long#MIN_VALUE} if none
 * @param next per partition of its stream, the next offset not seen
 */
public record ViewMark(String view, Digest version, long newestMicros, List<Long> next) {

    public ViewMark {
        next = List.copyOf(next);
    }
}
