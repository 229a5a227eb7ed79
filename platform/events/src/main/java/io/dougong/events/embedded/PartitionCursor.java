package io.dougong.events.embedded;

import io.dougong.events.EventProblem;
import io.dougong.events.Stored;
import java.util.ArrayDeque;
import java.util.Deque;

/** Reads ahead in one partition. */
final class PartitionCursor {

    private static final int READ_AHEAD = 256;
    private static final long READ_AHEAD_BYTES = 1 << 20;

    private final LogReader reader;
    private final PartitionState partition;
    private final Deque<Stored> ahead = new ArrayDeque<>();
    private long position;

    PartitionCursor(LogReader reader, PartitionState partition, long from) {
        this.reader = reader;
        this.partition = partition;
        this.position = from;
    }

    /** Reads ahead if nothing is at hand; returns how many events had expired before they were read. */
    long fill() {
        if (!ahead.isEmpty() || position >= partition.end()) {
            return 0;
        }
        long skipped = Math.max(0, partition.start() - position);
        position += skipped;
        try {
            ahead.addAll(reader.read(partition, position, READ_AHEAD, READ_AHEAD_BYTES));
        } catch (EventProblem.Expired overtaken) {
            return skipped + fill();
        }
        return skipped;
    }

    /** Of the next event; beyond all others if there is none. */
    long sequence() {
        Stored next = ahead.peekFirst();
        return next == null ? Long.MAX_VALUE : next.sequence();
    }

    Stored take() {
        Stored next = ahead.removeFirst();
        position = next.position().offset() + 1;
        return next;
    }

    long position() {
        return position;
    }
}
