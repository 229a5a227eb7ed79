package io.dougong.events.embedded;

/**
 * The bounds of an embedded log.
 *
 * @param maxQueuedBatches appends that may wait for the committer; more are refused as overload
 * @param maxQueuedBytes of those appends together, also the most that one batch may have
 * @param maxGroupBytes that one group commit takes from the queue, beyond its first batch
 * @param maxEventBytes of one encoded event
 * @param maxReadBytes that one read or poll returns, beyond its first event
 * @param writeBufferBytes of memory for recent writes, per kind of data
 * @param blockCacheBytes of memory for blocks read from disk
 */
public record EmbeddedSettings(
        int maxQueuedBatches,
        long maxQueuedBytes,
        long maxGroupBytes,
        int maxEventBytes,
        int maxReadBytes,
        long writeBufferBytes,
        long blockCacheBytes) {

    private static final int MIB = 1 << 20;

    /** For a node with a few gigabytes. */
    public static final EmbeddedSettings DEFAULT =
            new EmbeddedSettings(4096, 64L * MIB, 8L * MIB, 4 * MIB, 16 * MIB, 64L * MIB, 64L * MIB);

    public EmbeddedSettings withQueue(int batches, long bytes) {
        return new EmbeddedSettings(
                batches, bytes, maxGroupBytes, maxEventBytes, maxReadBytes, writeBufferBytes, blockCacheBytes);
    }

    public EmbeddedSettings withReadBytes(int bytes) {
        return new EmbeddedSettings(
                maxQueuedBatches,
                maxQueuedBytes,
                maxGroupBytes,
                maxEventBytes,
                bytes,
                writeBufferBytes,
                blockCacheBytes);
    }
}
