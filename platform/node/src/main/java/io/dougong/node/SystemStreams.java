package io.dougong.node;

import io.dougong.events.EventLog;
import io.dougong.events.StreamConfig;
import java.util.Set;

/** The streams that every node has, whatever its applications. */
public final class SystemStreams {

    public static final String DECISIONS = "sys.decisions";
    public static final String FEEDBACK = "sys.feedback";
    public static final String REVIEWS = "sys.reviews";
    public static final String ADMIN = "sys.admin";

    /** What the audit chain follows. */
    static final Set<String> AUDITED = Set.of(DECISIONS, FEEDBACK, REVIEWS, ADMIN);

    /** What the review desk follows. */
    static final Set<String> REVIEWED = Set.of(DECISIONS, FEEDBACK, REVIEWS);

    private SystemStreams() {}

    static void create(EventLog log, int partitions) {
        log.create(StreamConfig.of(DECISIONS, partitions));
        log.create(StreamConfig.of(FEEDBACK, partitions));
        log.create(StreamConfig.of(REVIEWS, partitions));
        log.create(StreamConfig.of(ADMIN, 1));
    }
}
