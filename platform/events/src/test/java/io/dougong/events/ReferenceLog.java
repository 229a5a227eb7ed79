package io.dougong.events;

import io.dougong.kernel.Offsets;
import io.dougong.kernel.StreamPartition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The simplest log that could be right: everything in one list. */
final class ReferenceLog {

    record Entry(Position position, long sequence, long ingestedMicros, Event event) {}

    private final Map<String, Integer> partitions;
    private final List<Entry> kept = new ArrayList<>();
    private final Map<StreamPartition, Long> ends = new HashMap<>();
    private final Map<StreamPartition, Long> starts = new HashMap<>();
    private long sequence;

    ReferenceLog(Map<String, Integer> partitions) {
        this.partitions = partitions;
    }

    List<Appended> append(List<Addressed> batch, long nowMicros) {
        List<Appended> answers = new ArrayList<>();
        for (Addressed each : batch) {
            Optional<Entry> there = find(each.stream(), each.event().id());
            if (there.isPresent()) {
                answers.add(new Appended(there.get().position(), true));
                continue;
            }
            int partition = Partitioner.partition(each.event(), partitions.getOrDefault(each.stream(), 0));
            StreamPartition place = new StreamPartition(each.stream(), partition);
            long offset = ends.merge(place, 1L, Long::sum) - 1;
            kept.add(new Entry(Position.of(place, offset), ++sequence, nowMicros, each.event()));
            answers.add(new Appended(Position.of(place, offset), false));
        }
        return answers;
    }

    Optional<Entry> find(String stream, String id) {
        return kept.stream()
                .filter(entry -> entry.position().stream().equals(stream)
                        && entry.event().id().equals(id))
                .findFirst();
    }

    List<Stored> read(StreamPartition partition, long from, int max) {
        return kept.stream()
                .filter(entry -> entry.position().streamPartition().equals(partition)
                        && entry.position().offset() >= from)
                .limit(max)
                .map(ReferenceLog::stored)
                .toList();
    }

    /** What a reader at these offsets sees next, over all partitions. */
    List<Stored> poll(Offsets position, Set<String> streams, int max) {
        return kept.stream()
                .filter(entry -> streams.contains(entry.position().stream()))
                .filter(entry -> entry.position().offset()
                        >= position.of(entry.position().streamPartition()))
                .sorted(Comparator.comparingLong(Entry::sequence))
                .limit(max)
                .map(ReferenceLog::stored)
                .toList();
    }

    private static Stored stored(Entry entry) {
        return new Stored(entry.position(), entry.sequence(), entry.ingestedMicros(), entry.event());
    }

    void dropBefore(long micros) {
        kept.removeIf(entry -> {
            boolean old = entry.ingestedMicros() < micros;
            if (old) {
                starts.merge(
                        entry.position().streamPartition(), entry.position().offset() + 1, Math::max);
            }
            return old;
        });
    }

    long start(StreamPartition partition) {
        return starts.getOrDefault(partition, 0L);
    }

    long end(StreamPartition partition) {
        return ends.getOrDefault(partition, 0L);
    }
}
