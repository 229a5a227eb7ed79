package io.dougong.events.embedded;

import io.dougong.events.EventProblem;
import io.dougong.events.Position;
import io.dougong.events.Stored;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** Reads records; sees only what is synced, and takes no lock that the committer would wait for. */
final class LogReader {

    private final StoreGate gate;
    private final EmbeddedSettings settings;

    LogReader(StoreGate gate, EmbeddedSettings settings) {
        this.gate = gate;
        this.settings = settings;
    }

    /** At most {@code max} events up to the published end, and few enough not to exceed the bound on bytes. */
    List<Stored> read(PartitionState partition, long from, int max) {
        return read(partition, from, max, settings.maxReadBytes());
    }

    List<Stored> read(PartitionState partition, long from, int max, long maxBytes) {
        long end = partition.end();
        if (from > end || from < 0) {
            throw EventProblem.badOffset(partition.name, from, end);
        }
        refuseExpired(partition, from);
        if (from == end || max <= 0) {
            return List.of();
        }
        long until = Math.min(end, from + max);
        return gate.read(partition.position(from).toString(), store -> scan(store, partition, from, until, maxBytes));
    }

    private static void refuseExpired(PartitionState partition, long from) {
        if (from < partition.start()) {
            throw EventProblem.expired(partition.position(from), partition.start());
        }
    }

    private static List<Stored> scan(Store store, PartitionState partition, long from, long until, long maxBytes) {
        List<Stored> found = new ArrayList<>((int) Math.min(until - from, 1024));
        try (RocksIterator records = store.iterate(store.records())) {
            records.seek(partition.key(from));
            long bytes = 0;
            for (long offset = from; offset < until && bytes < maxBytes; offset++) {
                byte[] record = at(records, partition, offset);
                found.add(RecordFormat.decode(partition.position(offset), records.key(), record));
                bytes += record.length;
                records.next();
            }
        }
        return found;
    }

    /** The record under the iterator, which must be the one of this offset: offsets have no gaps. */
    private static byte[] at(RocksIterator records, PartitionState partition, long offset) {
        String where = partition.position(offset).toString();
        try {
            records.status();
        } catch (RocksDBException unreadable) {
            throw Trouble.atRead(where, unreadable);
        }
        byte[] expected = partition.key(offset);
        if (!records.isValid() || !Arrays.equals(records.key(), expected)) {
            refuseExpired(partition, offset);
            throw EventProblem.corrupt(where, "the record is missing", null);
        }
        return records.value();
    }

    Optional<Stored> find(StreamState stream, String eventId) {
        return place(stream, eventId).map(place -> {
            PartitionState partition = stream.partitions.get(place.partition());
            return RecordFormat.decode(place, partition.key(place.offset()), record(partition, place.offset()));
        });
    }

    /** Where the event of this id stands, if it is synced and still kept. */
    Optional<Position> place(StreamState stream, String eventId) {
        Optional<byte[]> found = gate.read(
                "the id '" + eventId + "' of stream '" + stream.config().name() + "'",
                store -> Optional.ofNullable(store.get(store.ids(), Keys.id(stream.id, eventId))));
        return found.flatMap(place -> {
            PartitionState partition = stream.partitions.get(Keys.placePartition(place));
            long offset = Keys.placeOffset(place);
            boolean visible = offset < partition.end() && offset >= partition.start();
            return visible ? Optional.of(partition.position(offset)) : Optional.empty();
        });
    }

    /** First offset whose record was stored at or after the instant. */
    long offsetAt(PartitionState partition, long timeMicros) {
        return firstWhere(partition, offset -> RecordFormat.ingestedMicros(record(partition, offset)) >= timeMicros);
    }

    /** First offset from which on the partition holds at most so many bytes. */
    long offsetOfLast(PartitionState partition, long bytes) {
        long total = partition.endBytes();
        return firstWhere(partition, offset -> total - RecordFormat.bytesBefore(record(partition, offset)) <= bytes);
    }

    /** Binary search for the first offset at which a condition holds that then holds up to the end. */
    private static long firstWhere(PartitionState partition, LongPredicate holds) {
        long low = partition.start();
        long high = partition.end();
        while (low < high) {
            long middle = low + high >>> 1;
            if (holds.test(middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** The checked bytes of one record. */
    byte[] record(PartitionState partition, long offset) {
        String where = partition.position(offset).toString();
        byte[] key = partition.key(offset);
        Optional<byte[]> found = gate.read(where, store -> Optional.ofNullable(store.get(store.records(), key)));
        if (found.isEmpty()) {
            refuseExpired(partition, offset);
            throw EventProblem.corrupt(where, "the record is missing", null);
        }
        byte[] record = found.get();
        RecordFormat.check(partition.position(offset), key, record);
        return record;
    }
}
