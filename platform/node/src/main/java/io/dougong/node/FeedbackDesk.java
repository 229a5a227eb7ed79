package io.dougong.node;

import io.dougong.decisions.Decision;
import io.dougong.decisions.Feedback;
import io.dougong.decisions.Score;
import io.dougong.decisions.Truth;
import io.dougong.events.Appended;
import io.dougong.events.EventLog;
import io.dougong.kernel.Times;
import io.dougong.models.Task;
import java.util.List;

/** Takes the truth from people and programs that know a decision by its id. */
final class FeedbackDesk {

    private final Rooms rooms;
    private final RunningApplication application;

    FeedbackDesk(Rooms rooms, RunningApplication application) {
        this.rooms = rooms;
        this.application = application;
    }

    Feedback give(Decision decision, Truth said, String by) {
        Task task = application.labels(decision.name()).label().task();
        Truth truth = task == Task.MULTICLASS ? named(said) : said;
        check(decision, task, truth);
        Pending.Open open = Pending.Open.of(decision);
        Feedback feedback =
                open.feedback(truth, Times.micros(rooms.settings().clock().instant()), by, false);
        Appended appended = EventLog.await(application.recorder().record(feedback));
        if (appended.duplicate()) {
            throw NodeProblem.labelledBefore(decision.id());
        }
        application.pending().take(decision.name(), decision.question().key());
        application.endpoint(decision.name()).learn(open.model(), open.score(), open.threshold(), truth);
        application.counts().label(application.labels(decision.name()), open, truth);
        application.monitoring().labelled(application.labels(decision.name()), open, truth);
        return feedback;
    }

    /** Classes that are numbers or booleans are named by them. */
    private static Truth named(Truth said) {
        return switch (said) {
            case Truth.Named name -> name;
            case Truth.Flag(boolean flag) -> new Truth.Named(Boolean.toString(flag));
            case Truth.Amount(double value) ->
                new Truth.Named(value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value));
        };
    }

    private static void check(Decision decision, Task task, Truth truth) {
        List<String> classes = decision.score() instanceof Score.Classes several
                ? List.copyOf(several.classes().keySet())
                : List.of();
        boolean fits = switch (task) {
            case BINARY -> truth instanceof Truth.Flag;
            case MULTICLASS ->
                truth instanceof Truth.Named(String name) && (classes.isEmpty() || classes.contains(name));
            case REGRESSION -> truth instanceof Truth.Amount(double value) && Double.isFinite(value);
        };
        if (!fits) {
            throw NodeProblem.badTruth(truth.scalar(), task, classes);
        }
    }
}
