package io.dougong.flow;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How a run stands, as a pure state machine: events in, commands out; no clock, no store, no thread.
 *
 * <p>Why it holds: the journal keeps events only, so whatever this class does with them must be the same every time. It reads nothing but
 * the definition and the events, walks collections of fixed order, draws jitter from a seed made of names, and expressions are
 * deterministic. Hence folding the same events gives the same state, and a node that takes over goes on exactly where the journal ends.
 *
 * <p>Invariants: an attempt's outcome is taken once (a second one, or one of an older attempt, does not {@link #fits fit}); a step that
 * ended never changes again; a scope has ended when each of its steps has; a run has ended when its root has and what was to be undone is.
 * Cost: an event costs the neighbours of the step that it is about, not the size of the run.
 */
final class RunState {

    static final int MAX_INTERRUPTIONS = 25;

    private final String id;
    private final Definition definition;
    private final Map<String, StepRun> steps = new LinkedHashMap<>();
    private final Set<StepRun> active = new LinkedHashSet<>();
    private final ArrayDeque<StepRun> ready = new ArrayDeque<>();
    private final List<StepRun> undoable = new ArrayList<>();
    private final Set<String> holds = new TreeSet<>();
    private final Structures structures = new Structures(this);
    private final Outcomes outcomes = new Outcomes(this);
    private RunEvent.@Nullable Accepted accepted;
    private @Nullable Scope root;
    private @Nullable Scope undoing;
    private RunStatus status = RunStatus.QUEUED;
    private RunStatus verdict = RunStatus.SUCCEEDED;
    private String reason = "";
    private List<RunCommand> commands = new ArrayList<>();
    private long nowMicros;

    RunState(String id, Definition definition) {
        this.id = id;
        this.definition = definition;
    }

    /** Takes what happened, if it {@link #fits}; what must be done now. */
    List<RunCommand> apply(RunEvent event) {
        if (!fits(event)) {
            throw FlowProblem.unfit("The run " + id + " is " + status + ", which " + event + " does not fit.", "");
        }
        commands = new ArrayList<>();
        nowMicros = event.atMicros();
        switch (event) {
            case RunEvent.Accepted first -> accept(first);
            case RunEvent.Ended end -> outcomes.ended(step(end.path()), end);
            case RunEvent.Signalled signal -> finish(step(signal.path()), signal.payload());
            case RunEvent.Answered answer -> outcomes.answered(step(answer.path()), answer);
            case RunEvent.Woke woke -> outcomes.woke(step(woke.path()));
            case RunEvent.Recovered _ -> List.copyOf(active).forEach(outcomes::interrupted);
            case RunEvent.Controlled control -> Controls.apply(this, control);
        }
        goOn();
        return commands;
    }

    /** Whether the event can still be taken: outcomes only once and of the newest attempt, controls only where they mean something. */
    boolean fits(RunEvent event) {
        return switch (event) {
            case RunEvent.Accepted _ -> accepted == null;
            case RunEvent.Ended end ->
                is(end.path(), StepStatus.RUNNING) && step(end.path()).awaits(end.attempt());
            case RunEvent.Signalled signal ->
                is(signal.path(), StepStatus.WAITING) && step(signal.path()).step() instanceof Step.Wait;
            case RunEvent.Answered answer ->
                is(answer.path(), StepStatus.WAITING) && step(answer.path()).step() instanceof Step.Approval;
            case RunEvent.Woke woke ->
                (is(woke.path(), StepStatus.RETRYING) || is(woke.path(), StepStatus.WAITING))
                        && step(woke.path()).attempt == woke.attempt();
            case RunEvent.Recovered _ -> accepted != null && !status.ended();
            case RunEvent.Controlled control -> accepted != null && !status.ended() && Controls.fits(this, control);
        };
    }

    boolean is(String path, StepStatus wanted) {
        StepRun run = steps.get(path);
        return run != null && run.status == wanted && !status.ended();
    }

    private void accept(RunEvent.Accepted first) {
        accepted = first;
        holds.addAll(first.holds());
        status = first.queued() ? RunStatus.QUEUED : RunStatus.RUNNING;
        root = open(null, definition.graph(definition.workflow().steps(), false), Map.of(), "");
    }

    Scope open(@Nullable StepRun owner, StepGraph graph, Map<String, Object> variables, String prefix) {
        Scope scope = new Scope(owner, graph, variables, prefix);
        for (StepRun run : scope.runs()) {
            steps.put(run.path(), run);
            if (run.free()) {
                ready.add(run);
            }
        }
        return scope;
    }

    private void goOn() {
        boolean moving = status == RunStatus.RUNNING || status == RunStatus.UNDOING || stopping();
        while (moving && !ready.isEmpty()) {
            begin(ready.poll());
        }
        if (undoing == null && scope().over() && !status.ended()) {
            rootEnded();
        }
        if (undoing != null && undoing.over() && !status.ended()) {
            end(undoing.failed() ? RunStatus.FAILED : verdict);
        }
    }

    private void rootEnded() {
        if (verdict == RunStatus.SUCCEEDED && scope().failed()) {
            verdict = RunStatus.FAILED;
        }
        if (verdict == RunStatus.SUCCEEDED || undoable.isEmpty()) {
            end(verdict);
            return;
        }
        status = RunStatus.UNDOING;
        undoing = open(null, Compensation.graph(undoable.reversed()), Map.of(), "");
        goOn();
    }

    private void end(RunStatus last) {
        status = last;
        commands.add(new RunCommand.Finish(last));
    }

    private void begin(StepRun run) {
        StepOutcome given = accepted().given().get(run.path());
        if (run.status.ended()) {
            return;
        }
        if (run.skipAsked) {
            skip(run, "skipped by hand", false);
        } else if (given != null) {
            run.startedMicros = nowMicros;
            run.reason = "kept from the run before";
            outcomes.take(run, given);
        } else if (run.attempt > 0 && !stopping()) {
            structures.execute(run);
        } else if (mayBegin(run)) {
            structures.begin(run);
        }
    }

    private boolean mayBegin(StepRun run) {
        boolean undo = run.scope() == undoing;
        boolean bad = !undo && (run.hasBadNeed() || run.scope().closed());
        Step.Head head = run.step().head();
        if (stopping() && !undo) {
            skip(run, "the run was stopped", true);
        } else if (head.on() == Step.On.SUCCESS && bad) {
            skip(run, whyNot(run), true);
        } else if (head.on() == Step.On.FAILURE && !bad) {
            skip(run, "nothing failed", false);
        } else if (holds.contains(run.path()) && !run.released) {
            run.status = StepStatus.HELD;
            active.add(run);
        } else {
            return undo || structures.conditionHolds(run);
        }
        return false;
    }

    private String whyNot(StepRun run) {
        return run.scope().needs(run).stream()
                .flatMap(need -> run.scope().find(need).stream())
                .filter(StepRun::bad)
                .findFirst()
                .map(need -> need.step().id() + " " + (need.status == StepStatus.FAILED ? "failed" : "did not run"))
                .orElse("another step failed");
    }

    void cancel(StepRun run) {
        if (run.status == StepStatus.RUNNING) {
            run.cancelling = true;
            commands.add(new RunCommand.Cancel(run.path(), false));
        } else if (!run.status.ended()) {
            finish(run, StepStatus.CANCELLED, stopping() ? "the run was stopped" : "another step failed");
        }
    }

    void skip(StepRun run, String why, boolean blocked) {
        run.blocked = blocked;
        finish(run, StepStatus.SKIPPED, why);
    }

    void finish(StepRun run, Map<String, Object> outputs) {
        run.outputs(outputs);
        if (run.step() instanceof Step.Work work && work.undo().isPresent()) {
            undoable.add(run);
        }
        finish(run, StepStatus.DONE, run.reason);
    }

    void finish(StepRun run, StepStatus how, String why) {
        run.status = how;
        run.reason = why;
        run.endedMicros = nowMicros;
        active.remove(run);
        boolean failure = how == StepStatus.FAILED || how == StepStatus.CANCELLED;
        if (failure && run.bad()) {
            run.scope().fail();
            contain(run.scope());
        }
        for (StepRun dependent : run.scope().dependents(run)) {
            if (dependent.meet(run.bad())) {
                ready.add(dependent);
            }
        }
        if (run.scope().countEnd()) {
            structures.ended(run.scope());
        }
    }

    /** Closes what a failure reaches: outwards up to a step that may fail, or to the whole run. */
    private void contain(Scope scope) {
        if (definition.workflow().onFailure() == Workflow.OnFailure.CONTINUE || scope == undoing) {
            return;
        }
        Scope reached = scope;
        reached.close();
        StepRun owner = scope.owner();
        while (owner != null && !owner.step().head().mayFail()) {
            reached = owner.scope();
            reached.close();
            owner = reached.owner();
        }
        if (definition.workflow().onFailure() == Workflow.OnFailure.AT_ONCE) {
            for (StepRun run : List.copyOf(active)) {
                if (run.scope().isWithin(reached) && !run.cancelling) {
                    cancel(run);
                }
            }
        }
    }

    boolean stopping() {
        return verdict == RunStatus.STOPPED;
    }

    /** Whether the run may still be told to stop. */
    boolean stoppable() {
        return verdict == RunStatus.SUCCEEDED && status != RunStatus.UNDOING;
    }

    void status(RunStatus now) {
        status = now;
    }

    void stop(String why) {
        verdict = RunStatus.STOPPED;
        reason = why;
        List.copyOf(active).forEach(this::cancel);
    }

    void kill(String why) {
        reason = why;
        for (StepRun run : active) {
            run.status = StepStatus.CANCELLED;
            run.reason = "killed";
            run.endedMicros = nowMicros;
            commands.add(new RunCommand.Cancel(run.path(), true));
        }
        active.clear();
        ready.clear();
        end(RunStatus.KILLED);
    }

    /** Lets a step that was held, or waited for its next attempt, begin. */
    void letGo(StepRun run) {
        active.remove(run);
        run.released = true;
        run.status = StepStatus.PENDING;
        ready.add(run);
    }

    void deactivate(StepRun run) {
        active.remove(run);
    }

    Structures structures() {
        return structures;
    }

    void activate(StepRun run, StepStatus now) {
        run.status = now;
        active.add(run);
    }

    void command(RunCommand command) {
        commands.add(command);
    }

    /** What must be done for what waits, after the node that would have done it is gone; steps that ran want {@link RunEvent.Recovered}. */
    List<RunCommand> outstanding() {
        commands = new ArrayList<>();
        active.forEach(structures::again);
        return commands;
    }

    boolean wasWorking() {
        return active.stream().anyMatch(run -> run.status == StepStatus.RUNNING && !(run.step() instanceof Step.Call));
    }

    Optional<StepRun> find(String path) {
        return Optional.ofNullable(steps.get(path));
    }

    StepRun step(String path) {
        return find(path).orElseThrow(() -> FlowProblem.noStep(path, steps.keySet()));
    }

    List<StepRun> steps() {
        return List.copyOf(steps.values());
    }

    List<StepRun> active() {
        return List.copyOf(active);
    }

    /** Paths at which the run stops. */
    Set<String> holds() {
        return holds;
    }

    RunStatus status() {
        return status;
    }

    String reason() {
        return reason;
    }

    String id() {
        return id;
    }

    Definition definition() {
        return definition;
    }

    long nowMicros() {
        return nowMicros;
    }

    RunEvent.Accepted accepted() {
        return java.util.Objects.requireNonNull(accepted, "a run begins with Accepted");
    }

    private Scope scope() {
        return java.util.Objects.requireNonNull(root, "a run begins with Accepted");
    }

    void wakeAfter(StepRun run, Optional<Duration> lapse) {
        lapse.ifPresent(longest -> {
            run.dueMicros = nowMicros + longest.toNanos() / 1000;
            commands.add(new RunCommand.Wake(run.path(), run.attempt, run.dueMicros));
        });
    }
}
