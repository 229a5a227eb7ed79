package io.dougong.events.embedded;

import io.dougong.events.Position;
import io.dougong.kernel.StreamPartition;

/**
 * The extent of one partition. {@code next} and {@code bytes} belong to the committer; {@code end} and {@code start} are what readers may
 * rely on and change only after a sync.
 */
final class PartitionState {

    final int stream;
    final StreamPartition name;
    long next;
    long bytes;
    private volatile long end;
    private volatile long start;
    private volatile long endBytes;

    PartitionState(int stream, StreamPartition name) {
        this.stream = stream;
        this.name = name;
    }

    /** Takes over what the store holds. */
    void recovered(long startOffset, long nextOffset, long totalBytes) {
        next = nextOffset;
        bytes = totalBytes;
        start = startOffset;
        publish();
    }

    void publish() {
        endBytes = bytes;
        end = next;
    }

    /** Forgets what was staged and not written. */
    void rollBack() {
        next = end;
        bytes = endBytes;
    }

    void dropBefore(long offset) {
        start = offset;
    }

    long end() {
        return end;
    }

    long start() {
        return start;
    }

    /** Sum of the sizes of all records ever written. */
    long endBytes() {
        return endBytes;
    }

    byte[] key(long offset) {
        return Keys.record(stream, name.partition(), offset);
    }

    Position position(long offset) {
        return Position.of(name, offset);
    }
}
