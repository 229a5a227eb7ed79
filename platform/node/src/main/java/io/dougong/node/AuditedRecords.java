package io.dougong.node;

import io.dougong.events.EventLog;
import io.dougong.events.Position;
import io.dougong.events.Stored;
import io.dougong.kernel.StreamPartition;
import io.dougong.trust.ContentSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The records that the audit chain refers to, read in runs because the chain is verified in order. */
final class AuditedRecords implements ContentSource {

    private static final int RUN = 1_000;
    private static final char OFFSET_MARK = '@';

    private final EventLog log;
    private final Deque<Stored> ahead = new ArrayDeque<>();
    private @Nullable StreamPartition partition;

    AuditedRecords(EventLog log) {
        this.log = log;
    }

    @Override
    public Optional<byte[]> content(String reference) {
        int mark = reference.lastIndexOf(OFFSET_MARK);
        StreamPartition wanted = StreamPartition.parse(reference.substring(0, mark));
        long offset = Long.parseLong(reference.substring(mark + 1));
        if (!wanted.equals(partition)
                || ahead.isEmpty()
                || ahead.peek().position().offset() != offset) {
            ahead.clear();
            ahead.addAll(log.read(new Position(wanted.stream(), wanted.partition(), offset), RUN));
            partition = wanted;
        }
        return Optional.ofNullable(ahead.poll())
                .filter(stored -> stored.position().offset() == offset)
                .map(stored -> stored.event().data());
    }

    @Override
    public long retainedFrom(StreamPartition wanted) {
        return log.startOffset(wanted);
    }
}
