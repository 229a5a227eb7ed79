package io.dougong.node;

import io.dougong.decisions.Feedback;
import io.dougong.events.EventLog;
import io.dougong.events.Position;
import io.dougong.events.Stored;
import io.dougong.kernel.Json;
import io.dougong.kernel.Offsets;
import io.dougong.kernel.StreamPartition;
import io.dougong.review.Fact;
import io.dougong.trust.AuditEntry;
import io.dougong.trust.AuditTrail;
import java.util.List;

/** Chains every decision, feedback and administrative act in the order of its partition. */
final class AuditTail implements Follower.Handler {

    private final AuditTrail trail;

    AuditTail(AuditTrail trail) {
        this.trail = trail;
    }

    /** What was done of a batch is passed over by its offset. */
    @Override
    public boolean repeats() {
        return true;
    }

    @Override
    public void handle(List<Stored> batch) {
        for (Stored stored : batch) {
            append(stored);
        }
        if (!batch.isEmpty()) {
            trail.sync();
        }
    }

    private void append(Stored stored) {
        Position position = stored.position();
        StreamPartition partition = new StreamPartition(position.stream(), position.partition());
        if (position.offset() < trail.reached().of(partition)) {
            return;
        }
        trail.append(AuditEntry.of(
                kind(position.stream()),
                partition,
                position.offset(),
                stored.event().data(),
                stored.event().timeMicros(),
                actor(stored)));
    }

    private static String kind(String stream) {
        return switch (stream) {
            case SystemStreams.DECISIONS -> "decision";
            case SystemStreams.FEEDBACK -> "feedback";
            case SystemStreams.REVIEWS -> "review";
            default -> "admin";
        };
    }

    private static String actor(Stored stored) {
        return switch (stored.position().stream()) {
            case SystemStreams.ADMIN ->
                Json.read(stored.event().data(), AdminEvent.class).by();
            case SystemStreams.FEEDBACK ->
                Json.read(stored.event().data(), Feedback.class).source();
            case SystemStreams.REVIEWS ->
                Json.read(stored.event().data(), Fact.Given.class).opinion().reviewer();
            default -> "system";
        };
    }

    Offsets reached() {
        return trail.reached();
    }

    /** Where the chained records are found again. */
    static byte[] content(EventLog log, StreamPartition partition, long offset) {
        return log.read(new Position(partition.stream(), partition.partition(), offset), 1)
                .getFirst()
                .event()
                .data();
    }
}
