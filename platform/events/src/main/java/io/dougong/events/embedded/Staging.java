package io.dougong.events.embedded;

import io.dougong.events.Appended;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** The group that the committer is putting together: the native batch, and what will hold once it is synced. */
final class Staging implements AutoCloseable {

    private record EventId(int stream, String id) {}

    private static final int RESERVED_BYTES = 1 << 20;

    private final WriteBatch batch = new WriteBatch(RESERVED_BYTES);
    private final Map<EventId, Appended> fresh = new HashMap<>();
    private final Set<PartitionState> touched = new LinkedHashSet<>();
    private final byte[] place = new byte[Integer.BYTES + Long.BYTES];
    private final CRC32C crc = new CRC32C();
    private @Nullable Store store;
    private long sequence;
    private long nowMicros;

    /** Begins a group. */
    void begin(Store using, long lastSequence, long ingestedMicros) {
        store = using;
        sequence = lastSequence;
        nowMicros = ingestedMicros;
        batch.clear();
        fresh.clear();
        touched.clear();
    }

    Store store() {
        Store using = store;
        if (using == null) {
            throw new IllegalStateException("no group has begun");
        }
        return using;
    }

    WriteBatch batch() {
        return batch;
    }

    long sequence() {
        return sequence;
    }

    long nowMicros() {
        return nowMicros;
    }

    /** The answer for an id that the store holds already, or null. */
    @Nullable
    Appended stored(StreamState stream, byte[] idKey) throws RocksDBException {
        if (!store().get(store().ids(), idKey, place)) {
            return null;
        }
        PartitionState partition = stream.partitions.get(Keys.placePartition(place));
        return new Appended(partition.position(Keys.placeOffset(place)), true);
    }

    /** Puts an event that the store does not hold; finds it if this group has it already. */
    Appended put(AppendRequest.Encoded event, byte[] idKey) throws RocksDBException {
        EventId id = new EventId(event.stream().id, event.eventId());
        Appended earlier = fresh.get(id);
        if (earlier != null) {
            return new Appended(earlier.position(), true);
        }
        PartitionState partition = event.partition();
        long offset = partition.next++;
        byte[] key = partition.key(offset);
        RecordFormat.seal(event.record(), key, ++sequence, nowMicros, partition.bytes, crc);
        partition.bytes += event.record().length;
        batch.put(store().records(), key, event.record());
        batch.put(store().ids(), idKey, Keys.place(partition.name.partition(), offset));
        touched.add(partition);
        Appended answer = new Appended(partition.position(offset), false);
        fresh.put(id, answer);
        return answer;
    }

    void put(ColumnFamilyHandle family, byte[] key, byte[] value) throws RocksDBException {
        batch.put(family, key, value);
    }

    /** Remembers the newest sequence and time apart from the records, before records are dropped. */
    void putFloor() throws RocksDBException {
        batch.put(store().meta(), Keys.FLOOR, Keys.longs(sequence, nowMicros));
    }

    boolean isEmpty() {
        return batch.count() == 0;
    }

    void publish() {
        touched.forEach(PartitionState::publish);
    }

    void rollBack() {
        touched.forEach(PartitionState::rollBack);
    }

    @Override
    public void close() {
        batch.close();
    }
}
