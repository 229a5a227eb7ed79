package io.dougong.events.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import io.dougong.events.EventProblem;
import io.dougong.events.Retention;
import io.dougong.events.StreamConfig;
import io.dougong.kernel.Json;
import io.dougong.kernel.StreamPartition;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** The streams there are, and how their extents are recovered from the store. */
final class Catalog {

    /** Sequence and time of the newest record. */
    record Newest(long sequence, long ingestedMicros) {

        Newest with(long otherSequence, long otherMicros) {
            return new Newest(Math.max(sequence, otherSequence), Math.max(ingestedMicros, otherMicros));
        }
    }

    private final Map<String, StreamState> streams = new ConcurrentSkipListMap<>();

    StreamState stream(String name) {
        StreamState stream = streams.get(name);
        if (stream == null) {
            throw EventProblem.unknownStream(name, streams.keySet());
        }
        return stream;
    }

    @Nullable
    StreamState find(String name) {
        return streams.get(name);
    }

    PartitionState partition(StreamPartition name) {
        return stream(name.stream()).partition(name);
    }

    Collection<StreamState> all() {
        return streams.values();
    }

    int nextId() {
        return streams.values().stream().mapToInt(stream -> stream.id).max().orElse(0) + 1;
    }

    void put(StreamState stream) {
        streams.put(stream.config().name(), stream);
    }

    /** Takes over what the store holds; states that are there already keep their identity, since readers hold them. */
    Newest load(Store store) throws RocksDBException {
        try (RocksIterator entries = store.iterate(store.meta())) {
            byte[] prefix = Keys.streamPrefix();
            for (entries.seek(prefix); entries.isValid() && Keys.startsWith(entries.key(), prefix); entries.next()) {
                add(Keys.text(entries.key(), prefix.length), entries.value());
            }
            entries.status();
        }
        byte[] floor = store.get(store.meta(), Keys.FLOOR);
        Newest newest = floor == null ? new Newest(0, 0) : new Newest(Keys.longAt(floor, 0), Keys.longAt(floor, 1));
        try (RocksIterator records = store.iterate(store.records())) {
            for (StreamState stream : streams.values()) {
                for (PartitionState partition : stream.partitions) {
                    newest = recover(store, records, partition, newest);
                }
            }
        }
        return newest;
    }

    private void add(String name, byte[] definition) {
        int id = Json.tree(definition).get("id").intValue();
        StreamConfig config = decode(name, definition);
        StreamState known = streams.get(name);
        if (known == null) {
            put(new StreamState(id, config));
        } else {
            known.configure(config);
        }
    }

    private static Newest recover(Store store, RocksIterator records, PartitionState partition, Newest newest)
            throws RocksDBException {
        byte[] floor = store.get(store.meta(), Keys.start(partition.name));
        long start = floor == null ? 0 : Keys.longAt(floor, 0);
        long bytes = floor == null ? 0 : Keys.longAt(floor, 1);
        records.seekForPrev(partition.key(Long.MAX_VALUE));
        checkStatus(records, partition);
        if (!records.isValid() || !Keys.samePartition(records.key(), partition.key(0))) {
            partition.recovered(start, start, bytes);
            return newest;
        }
        byte[] record = records.value();
        long offset = Keys.offset(records.key());
        RecordFormat.check(partition.position(offset), records.key(), record);
        partition.recovered(start, offset + 1, RecordFormat.bytesBefore(record) + record.length);
        return newest.with(RecordFormat.sequence(record), RecordFormat.ingestedMicros(record));
    }

    private static void checkStatus(RocksIterator records, PartitionState partition) {
        try {
            records.status();
        } catch (RocksDBException unreadable) {
            throw Trouble.atRead("the end of " + partition.name, unreadable);
        }
    }

    static byte[] encode(int id, StreamConfig config) {
        Map<String, Object> definition = new TreeMap<>();
        definition.put("id", id);
        definition.put("partitions", config.partitions());
        Duration maxAge = config.retention().maxAge();
        if (maxAge != null) {
            definition.put("maxAge", maxAge.toString());
        }
        definition.put("maxBytes", config.retention().maxBytes());
        return Json.bytes(definition);
    }

    static StreamConfig decode(String name, byte[] definition) {
        JsonNode json = Json.tree(definition);
        Duration maxAge = json.has("maxAge") ? Duration.parse(json.get("maxAge").textValue()) : null;
        Retention retention = new Retention(maxAge, json.get("maxBytes").longValue());
        return new StreamConfig(name, json.get("partitions").intValue(), retention);
    }
}
