package io.dougong.flow;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Which runs of a workflow may be under way together, by its strategy. */
final class Admission {

    private static final int NEWEST = 100;

    private final Flows flows;
    private final Engine engine;
    private final ReentrantLock door = new ReentrantLock();

    Admission(Flows flows, Engine engine) {
        this.flows = flows;
        this.engine = engine;
    }

    /** Does what begins a run while no other run is let in, so that of two at once only one is the first. */
    <T> T oneAtATime(Supplier<T> beginning) {
        door.lock();
        try {
            return beginning.get();
        } finally {
            door.unlock();
        }
    }

    /** Whether a new run must wait for others; refuses it if the strategy takes the first one only. */
    boolean mustWait(Workflow workflow) {
        Workflow.Strategy strategy = workflow.strategy();
        if (strategy.equals(Workflow.Strategy.UNLIMITED)) {
            return false;
        }
        List<Run> open = open(workflow.name());
        if (strategy.mode() == Workflow.Strategy.Mode.FIRST_ONLY && !open.isEmpty()) {
            throw FlowProblem.unfit(
                    "The workflow " + workflow.name() + " runs already: "
                            + open.getFirst().id() + ".",
                    "Its strategy takes the first run only; wait for it, or stop it.");
        }
        return true;
    }

    void accepted(Run run) {
        Workflow workflow = engine.definition(run.definition()).workflow();
        if (workflow.strategy().mode() == Workflow.Strategy.Mode.LAST_ONLY) {
            open(run.workflow()).stream()
                    .filter(other -> other.acceptedMicros() < run.acceptedMicros()
                            || other.id().compareTo(run.id()) < 0)
                    .forEach(other -> stop(other, run));
        }
        admit(run.workflow());
    }

    private void stop(Run older, Run newer) {
        engine.live(older.id()).ifPresent(run -> {
            var _ = run.offer(new RunEvent.Controlled(
                    engine.nowMicros(), RunEvent.Control.STOP, "", "the strategy", "run " + newer.id() + " is newer"));
        });
    }

    /** Lets waiting runs begin, the oldest first, as far as the strategy allows. */
    void admit(String workflow) {
        List<Run> open = open(workflow);
        Optional<Run> failed = open.isEmpty() ? Optional.empty() : blocking(open.getFirst());
        long under =
                open.stream().filter(run -> run.status() != RunStatus.QUEUED).count();
        for (Run run : open) {
            Workflow.Strategy strategy =
                    engine.definition(run.definition()).workflow().strategy();
            boolean blocked = failed.filter(other -> !Restart.isOf(run, other)).isPresent();
            if (run.status() == RunStatus.QUEUED && !blocked && under < strategy.most()) {
                under++;
                engine.live(run.id()).ifPresent(waiting -> {
                    var _ = waiting.offer(new RunEvent.Controlled(
                            engine.nowMicros(), RunEvent.Control.ADMIT, "", "the strategy", ""));
                });
            }
        }
    }

    void ended(Run run) {
        admit(run.workflow());
    }

    /** The run that ended last, if its strategy lets nothing but its restart follow it. */
    private Optional<Run> blocking(Run open) {
        boolean strict =
                engine.definition(open.definition()).workflow().strategy().mode()
                        == Workflow.Strategy.Mode.STRICT_SEQUENTIAL;
        return strict
                ? engine
                        .reads(() ->
                                engine.journal().runs(new Journal.Query(Optional.of(open.workflow()), false, NEWEST)))
                        .stream()
                        .filter(run -> run.status().ended())
                        .max(Comparator.comparingLong(Run::endedMicros).thenComparing(Run::id))
                        .filter(run -> run.status() != RunStatus.SUCCEEDED)
                : Optional.empty();
    }

    /** After a restart of the node. */
    void open() {
        flows.engine().counts().keySet().forEach(this::admit);
    }

    private List<Run> open(String workflow) {
        List<Run> open = new ArrayList<>();
        for (LiveRun run : engine.live()) {
            if (run.row().workflow().equals(workflow)) {
                open.add(run.row());
            }
        }
        open.sort(Comparator.comparingLong(Run::acceptedMicros).thenComparing(Run::id));
        return open;
    }
}
