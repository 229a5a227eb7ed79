package io.dougong.node;

import io.dougong.decisions.Decision;
import io.dougong.decisions.Feedback;
import io.dougong.events.Appended;
import io.dougong.events.EventLog;
import io.dougong.kernel.Times;

/** Takes the truth from people and programs that know a decision by its id. */
final class FeedbackDesk {

    private final Rooms rooms;
    private final RunningApplication application;

    FeedbackDesk(Rooms rooms, RunningApplication application) {
        this.rooms = rooms;
        this.application = application;
    }

    Feedback give(Decision decision, boolean label, String by) {
        Pending.Open open = Pending.Open.of(decision);
        Feedback feedback =
                open.feedback(label, Times.micros(rooms.settings().clock().instant()), by, false);
        Appended appended = EventLog.await(application.recorder().record(feedback));
        if (appended.duplicate()) {
            throw NodeProblem.labelledBefore(decision.id());
        }
        application.pending().take(decision.name(), decision.question().key());
        application.endpoint(decision.name()).learn(open.model(), open.probability(), open.threshold(), label);
        application.counts().label(application.labels(decision.name()), feedback, open.shadows());
        application.monitoring().labelled(application.labels(decision.name()), open, label);
        return feedback;
    }
}
