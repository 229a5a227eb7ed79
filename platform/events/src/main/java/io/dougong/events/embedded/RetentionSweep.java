package io.dougong.events.embedded;

import io.dougong.events.Retention;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.RocksDBException;

/** Drops the oldest records of a partition, in steps small enough not to hold up appends. An id is forgotten with its record. */
final class RetentionSweep {

    private static final int STEP = 2000;
    private static final long MICROS_PER_MILLI = 1000;

    private final Catalog catalog;
    private final LogReader reader;
    private final Committer committer;

    RetentionSweep(Catalog catalog, LogReader reader, Committer committer) {
        this.catalog = catalog;
        this.reader = reader;
        this.committer = committer;
    }

    /** Returns how many records were dropped. */
    synchronized long run(long nowMicros) {
        long dropped = 0;
        for (StreamState stream : catalog.all()) {
            for (PartitionState partition : stream.partitions) {
                long start = partition.start();
                dropUntil(stream, partition, cut(partition, stream.config().retention(), nowMicros));
                dropped += partition.start() - start;
            }
        }
        return dropped;
    }

    private long cut(PartitionState partition, Retention retention, long nowMicros) {
        long cut = partition.start();
        Duration maxAge = retention.maxAge();
        if (maxAge != null) {
            cut = Math.max(cut, reader.offsetAt(partition, nowMicros - maxAge.toMillis() * MICROS_PER_MILLI));
        }
        if (retention.maxBytes() != Retention.UNBOUNDED_BYTES) {
            cut = Math.max(cut, reader.offsetOfLast(partition, retention.maxBytes()));
        }
        return cut;
    }

    private void dropUntil(StreamState stream, PartitionState partition, long cut) {
        while (partition.start() < cut) {
            long from = partition.start();
            long until = Math.min(cut, from + STEP);
            List<byte[]> ids = new ArrayList<>();
            byte[] last = {};
            for (long offset = from; offset < until; offset++) {
                last = reader.record(partition, offset);
                ids.add(Keys.id(stream.id, RecordFormat.id(last)));
            }
            long bytes = RecordFormat.bytesBefore(last) + last.length;
            committer.change(
                    staging -> stage(staging, partition, from, until, bytes, ids), () -> partition.dropBefore(until));
        }
    }

    private static void stage(
            Staging staging, PartitionState partition, long from, long until, long bytes, List<byte[]> ids)
            throws RocksDBException {
        for (byte[] id : ids) {
            staging.batch().delete(staging.store().ids(), id);
        }
        staging.batch().deleteRange(staging.store().records(), partition.key(from), partition.key(until));
        staging.put(staging.store().meta(), Keys.start(partition.name), Keys.longs(until, bytes));
        staging.putFloor();
    }
}
