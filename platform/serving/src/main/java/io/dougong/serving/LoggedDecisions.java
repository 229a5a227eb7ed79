package io.dougong.serving;

import io.dougong.decisions.Decision;
import io.dougong.decisions.DecisionCodec;
import io.dougong.decisions.DecisionLog;
import io.dougong.decisions.DecisionReader;
import io.dougong.events.Addressed;
import io.dougong.events.Appended;
import io.dougong.events.Event;
import io.dougong.events.EventLog;
import io.dougong.events.Position;
import io.dougong.events.Stored;
import io.dougong.kernel.StreamPartition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** Decisions as events of one stream: the event id is the decision id, so that a repeated question is recorded once. */
public final class LoggedDecisions implements DecisionLog {

    private static final String EVENT_TYPE = "io.dougong.decision.v1";

    private final EventLog log;
    private final String stream;

    public LoggedDecisions(EventLog log, String stream) {
        this.log = log;
        this.stream = stream;
    }

    @Override
    public CompletableFuture<Entry> append(Decision decision) {
        Event event = new Event(
                decision.id(),
                "/applications/" + decision.application() + "/decisions/" + decision.name(),
                EVENT_TYPE,
                decision.question().key(),
                decision.question().askedMicros(),
                DecisionCodec.bytes(decision),
                Map.of());
        return log.append(List.of(new Addressed(stream, event))).thenApply(done -> recorded(decision, done.getFirst()));
    }

    private Entry recorded(Decision decision, Appended appended) {
        if (appended.duplicate()) {
            return find(decision.id()).orElseThrow();
        }
        Position position = appended.position();
        return new Entry(new StreamPartition(stream, position.partition()), position.offset(), decision);
    }

    @Override
    public Optional<Entry> find(String id) {
        return log.find(stream, id).map(LoggedDecisions::entry);
    }

    @Override
    public List<Entry> latest(int most) {
        List<Stored> newest = new ArrayList<>();
        for (StreamPartition partition : partitions()) {
            long from = Math.max(log.startOffset(partition), log.endOffset(partition) - most);
            newest.addAll(log.read(new Position(stream, partition.partition(), from), most));
        }
        newest.sort(Comparator.comparingLong(Stored::sequence).reversed());
        return newest.stream().limit(most).map(LoggedDecisions::entry).toList();
    }

    @Override
    public List<Entry> read(StreamPartition partition, long offset, int most) {
        return log.read(new Position(partition.stream(), partition.partition(), offset), most).stream()
                .map(LoggedDecisions::entry)
                .toList();
    }

    @Override
    public List<StreamPartition> partitions() {
        int partitions = log.stream(stream).config().partitions();
        return IntStream.range(0, partitions)
                .mapToObj(partition -> new StreamPartition(stream, partition))
                .toList();
    }

    /** The decision that an event of the stream carries. */
    public static Entry entry(Stored stored) {
        Position position = stored.position();
        return new Entry(
                new StreamPartition(position.stream(), position.partition()),
                position.offset(),
                DecisionReader.read(stored.event().data()));
    }
}
