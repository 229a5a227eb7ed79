package io.dougong.events;

import io.dougong.kernel.Offsets;

/** Where a consumer group begins in a partition for which it has committed nothing yet. */
public sealed interface Start {

    Start EARLIEST = new Earliest();
    Start LATEST = new Latest();

    /** The first event still kept. */
    record Earliest() implements Start {}

    /** Only what is appended after subscribing. */
    record Latest() implements Start {}

    /** The given offsets; partitions that are absent begin at 0. */
    record At(Offsets offsets) implements Start {}

    /** The first event stored at or after the instant: see {@link EventLog#offsetAt}. */
    record AtTime(long micros) implements Start {}

    static Start at(Offsets offsets) {
        return new At(offsets);
    }

    static Start atTime(long micros) {
        return new AtTime(micros);
    }
}
