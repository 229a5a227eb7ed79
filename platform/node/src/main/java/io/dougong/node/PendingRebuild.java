package io.dougong.node;

import io.dougong.decisions.DecisionLog;
import io.dougong.decisions.Feedback;
import io.dougong.events.EventLog;
import io.dougong.events.Stored;
import io.dougong.kernel.Json;
import io.dougong.kernel.Offsets;
import io.dougong.kernel.StreamPartition;
import io.dougong.operate.HealingRecord;
import java.util.List;
import java.util.Optional;

/**
 * After a restart the pipeline reads again from its last checkpoint; the decisions that were open at that moment are those without
 * a label, or with one from an event that will be read again.
 */
final class PendingRebuild {

    private static final int MOST = 100_000;
    private static final char OFFSET_MARK = '@';

    private final EventLog log;
    private final DecisionLog decisions;
    private final Pending pending;

    PendingRebuild(EventLog log, DecisionLog decisions, Pending pending) {
        this.log = log;
        this.decisions = decisions;
        this.pending = pending;
    }

    void rebuild(String application, Offsets from) {
        List<DecisionLog.Entry> newest = decisions.latest(MOST);
        for (DecisionLog.Entry entry : newest.reversed()) {
            if (entry.decision().application().equals(application)
                    && !HealingRecord.is(entry.decision())
                    && open(entry.decision().id(), from)) {
                pending.add(entry.decision());
            }
        }
    }

    private boolean open(String decisionId, Offsets from) {
        Optional<Stored> feedback = log.find(SystemStreams.FEEDBACK, decisionId);
        return feedback.map(stored ->
                        Json.read(stored.event().data(), Feedback.class).source())
                .map(source -> readAgain(source, from))
                .orElse(true);
    }

    private static boolean readAgain(String source, Offsets from) {
        int mark = source.lastIndexOf(OFFSET_MARK);
        if (mark < 0 || source.indexOf('/') < 0) {
            return false;
        }
        StreamPartition partition = StreamPartition.parse(source.substring(0, mark));
        return Long.parseLong(source.substring(mark + 1)) >= from.of(partition);
    }
}
