package io.dougong.learn;

import io.dougong.kernel.Row;
import java.util.Comparator;

/** An event as history holds it: with derived fields, its event time, and its place in the log. */
record HistoryEvent(String stream, int partition, long offset, long timeMicros, Row row) {

    /** Event time; ties by stream, partition, offset. The one order of history, whichever way it is read. */
    static final Comparator<HistoryEvent> ORDER = Comparator.comparingLong(HistoryEvent::timeMicros)
            .thenComparing(HistoryEvent::stream)
            .thenComparingInt(HistoryEvent::partition)
            .thenComparingLong(HistoryEvent::offset);
}
