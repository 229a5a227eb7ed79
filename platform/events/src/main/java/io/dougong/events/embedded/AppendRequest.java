package io.dougong.events.embedded;

import io.dougong.events.Appended;
import io.dougong.events.EventProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/** A batch of events to append, encoded by the caller. */
final class AppendRequest implements Request {

    /** An event ready to be written, but for the header of its record. */
    record Encoded(PartitionState partition, StreamState stream, String eventId, byte[] record) {}

    /** What an event costs beside its bytes: objects around it and its id's key. */
    private static final long OVERHEAD_BYTES = 200;

    final CompletableFuture<List<Appended>> future = new CompletableFuture<>();
    private final List<Encoded> events;
    private final long bytes;
    private List<Appended> answers = List.of();

    AppendRequest(List<Encoded> events) {
        this.events = events;
        this.bytes = events.stream()
                .mapToLong(event -> event.record().length + OVERHEAD_BYTES)
                .sum();
    }

    @Override
    public long bytes() {
        return bytes;
    }

    /** Looks up all ids first, since only that can fail. */
    @Override
    public void stage(Staging staging) throws RocksDBException {
        List<@Nullable Appended> known = new ArrayList<>(events.size());
        List<byte[]> idKeys = new ArrayList<>(events.size());
        for (Encoded event : events) {
            byte[] idKey = Keys.id(event.stream().id, event.eventId());
            idKeys.add(idKey);
            known.add(staging.stored(event.stream(), idKey));
        }
        List<Appended> staged = new ArrayList<>(events.size());
        for (int i = 0; i < events.size(); i++) {
            Appended duplicate = known.get(i);
            staged.add(duplicate == null ? staging.put(events.get(i), idKeys.get(i)) : duplicate);
        }
        answers = staged;
    }

    @Override
    public void synced() {
        future.complete(answers);
    }

    @Override
    public void failed(EventProblem problem) {
        future.completeExceptionally(problem);
    }
}
