package io.dougong.node;

import io.dougong.decisions.Decision;
import io.dougong.decisions.DecisionLog;
import io.dougong.decisions.Feedback;
import io.dougong.events.Appended;
import io.dougong.events.Event;
import io.dougong.events.EventLog;
import io.dougong.kernel.Json;
import io.dougong.serving.PersonalValues;
import java.util.concurrent.CompletableFuture;

/** Writes decisions and feedback to the log, personal values sealed. */
final class Recorder {

    private static final String FEEDBACK_TYPE = "io.dougong.feedback.v1";

    private final EventLog log;
    private final DecisionLog decisions;
    private final PersonalValues personal;

    Recorder(EventLog log, DecisionLog decisions, PersonalValues personal) {
        this.log = log;
        this.decisions = decisions;
        this.personal = personal;
    }

    CompletableFuture<DecisionLog.Entry> record(Decision decision) {
        return decisions.append(personal.sealed(decision));
    }

    /** One per decision: a second truth about the same decision is not taken. */
    CompletableFuture<Appended> record(Feedback feedback) {
        Event event = Event.of(
                feedback.decisionId(),
                "/node",
                FEEDBACK_TYPE,
                feedback.decisionId(),
                feedback.knownMicros(),
                Json.bytes(feedback));
        return log.append(SystemStreams.FEEDBACK, event);
    }
}
