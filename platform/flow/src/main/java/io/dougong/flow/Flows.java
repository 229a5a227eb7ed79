package io.dougong.flow;

import io.dougong.documents.Fault;
import io.dougong.kernel.Ids;
import io.dougong.kernel.Problem;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * Durable workflows.
 *
 * <p><b>What is guaranteed.</b> A run that {@link #start} has returned is in the journal, synced: it ends, or is visibly failed, also
 * when the process is killed in between, as soon as a node opens the journal again. The outcome of an attempt at a step is recorded
 * exactly once. The body of a step runs at least once; a body that was cut short runs again as a new attempt with the same
 * {@link StepContext#idempotencyKey}. A node whose journal was taken over by a newer generation can write nothing any more.
 *
 * <p>Methods that change something return once that is synced.
 */
public final class Flows implements AutoCloseable {

    private final Engine engine;
    private final WorkflowFile files;
    private final Ids ids;
    private final Map<String, Definition> workflows = new ConcurrentHashMap<>();
    private final Admission admission;

    /**
     * What an engine is made of.
     *
     * @param mostSteps how many bodies run at once; others wait
     */
    public record Settings(
            Journal journal,
            List<StepKind> kinds,
            StepLogs logs,
            InstantSource clock,
            RandomGenerator random,
            int mostSteps) {}

    private Flows(Settings settings) {
        this.files = new WorkflowFile(settings.kinds());
        this.ids = new Ids(settings.clock(), settings.random());
        this.engine = new Engine(settings, new Children(this));
        this.admission = new Admission(this, engine);
    }

    /** Opens the journal's next generation and goes on with every run that has not ended. */
    public static Flows open(Settings settings) {
        Flows flows = new Flows(settings);
        for (Journal.Applied applied : settings.journal().workflows()) {
            flows.workflows.put(applied.name(), flows.engine.definition(applied.digest()));
        }
        int _ = flows.engine.recover();
        flows.admission.open();
        return flows;
    }

    /** Makes the workflow startable under its name; runs that have begun keep what they began with. */
    public void apply(Workflow workflow) {
        Definition definition = checked(workflow);
        var applied = new Journal.Applied(workflow.name(), definition.digest(), engine.nowMicros());
        await(engine.journal().append(new Journal.Entry.Apply(applied, definition.document())));
        workflows.put(workflow.name(), definition);
    }

    private Definition checked(Workflow workflow) {
        List<Fault> faults = files.check(workflow);
        if (!faults.isEmpty()) {
            throw FlowProblem.faulty("workflow", faults);
        }
        return new Definition(workflow);
    }

    /** The workflows that can be started by name. */
    public List<Workflow> workflows() {
        return workflows.values().stream()
                .map(Definition::workflow)
                .sorted(java.util.Comparator.comparing(Workflow::name))
                .toList();
    }

    /** How workflow files are read here. */
    public WorkflowFile files() {
        return files;
    }

    /** Starts a run of an applied workflow; its id. */
    public String start(String workflow, Start start) {
        return start(definition(workflow), start, Map.of(), "", "");
    }

    /** Starts a run of a workflow that need not be applied; its id. */
    public String start(Workflow workflow, Start start) {
        return start(checked(workflow), start, Map.of(), "", "");
    }

    Definition definition(String workflow) {
        Definition definition = workflows.get(workflow);
        if (definition == null) {
            throw FlowProblem.noWorkflow(workflow, workflows.keySet());
        }
        return definition;
    }

    String start(Definition definition, Start start, Map<String, StepOutcome> given, String parent, String parentPath) {
        if (!start.key().isEmpty()) {
            Optional<Run> same = engine.reads(() -> engine.journal().runByKey(start.key()));
            if (same.isPresent()) {
                return same.get().id();
            }
        }
        Map<String, Object> parameters = Parameters.checked(definition.workflow(), start.parameters());
        LiveRun run = admission.oneAtATime(() -> begin(definition, start, parent, parentPath));
        Run row = run.row();
        var accepted = new RunEvent.Accepted(
                row.acceptedMicros(),
                definition.digest(),
                parameters,
                start.origin(),
                given,
                start.holds(),
                row.status() == RunStatus.QUEUED);
        boolean _ = await(run.offer(accepted, definition.document(), null));
        admission.accepted(run.row());
        return row.id();
    }

    private LiveRun begin(Definition definition, Start start, String parent, String parentPath) {
        boolean queued = admission.mustWait(definition.workflow());
        Run row = new Run(
                ids.next(),
                definition.workflow().name(),
                definition.digest(),
                queued ? RunStatus.QUEUED : RunStatus.RUNNING,
                start.key(),
                parent,
                parentPath,
                start.origin(),
                "",
                engine.nowMicros(),
                0);
        return engine.begin(row, definition);
    }

    /** A new run with the outcomes of an older one, except at {@code from} and what comes after it. */
    public String restart(String runId, String from, Map<String, Object> edited, String by) {
        return engine.live(runId)
                .map(run -> run.look(state -> restart(state, from, edited, by)))
                .orElseGet(() -> restart(ended(runId), from, edited, by));
    }

    private String restart(RunState old, String from, Map<String, Object> edited, String by) {
        Map<String, StepOutcome> given = Restart.kept(old, from);
        Map<String, Object> parameters =
                new java.util.LinkedHashMap<>(old.accepted().parameters());
        parameters.putAll(edited);
        Start start = Start.with(parameters).by(Restart.origin(old.id(), from, by));
        return start(old.definition(), start, given, "", "");
    }

    /** Completes when the run has ended. */
    public CompletableFuture<RunStatus> end(String runId) {
        Optional<LiveRun> live = engine.live(runId);
        return live.isPresent()
                ? live.get().end()
                : CompletableFuture.completedFuture(row(runId).status());
    }

    /** Brings a signal to every step that waits for it, now or later; how many wait now. */
    public int signal(String name, Map<String, Object> keys, Map<String, Object> payload, String by) {
        var signal = new Journal.Signal(
                ids.next(), name, Values.plainMap(keys), Values.plainMap(payload), by, engine.nowMicros());
        await(engine.journal().append(new Journal.Entry.Came(signal)));
        return engine.mail().came(signal);
    }

    /** Answers the question of an approval step. */
    public void answer(String runId, String path, boolean approved, String by, String comment) {
        control(runId, new RunEvent.Answered(engine.nowMicros(), path, approved, by, comment));
    }

    /** Nothing new begins until {@link #resume}. */
    public void pause(String runId, String by) {
        control(runId, RunEvent.Control.PAUSE, "", by, "");
    }

    public void resume(String runId, String by) {
        control(runId, RunEvent.Control.RESUME, "", by, "");
    }

    /** Asks what runs to end, undoes what was done where the workflow says how; the run ends as stopped. */
    public void stop(String runId, String by, String reason) {
        control(runId, RunEvent.Control.STOP, "", by, reason);
    }

    /** Ends the run at once; nothing is undone. */
    public void kill(String runId, String by, String reason) {
        control(runId, RunEvent.Control.KILL, "", by, reason);
    }

    /** The step does not run, or not to its end; what needs it goes on. */
    public void skip(String runId, String path, String by) {
        control(runId, RunEvent.Control.SKIP, path, by, "");
    }

    /** Sets a breakpoint: the run stops before this step. */
    public void hold(String runId, String path, String by) {
        control(runId, RunEvent.Control.HOLD, path, by, "");
    }

    /** Goes on at a breakpoint, or takes it away. */
    public void release(String runId, String path, String by) {
        control(runId, RunEvent.Control.RELEASE, path, by, "");
    }

    void control(String runId, RunEvent.Control control, String path, String by, String reason) {
        control(runId, new RunEvent.Controlled(engine.nowMicros(), control, path, by, reason));
    }

    private void control(String runId, RunEvent event) {
        LiveRun run = engine.live(runId).orElseThrow(() -> notRunning(runId));
        if (!await(run.offer(event))) {
            throw Parameters.unfit(run.view(), event);
        }
    }

    private FlowProblem notRunning(String runId) {
        Run row = row(runId);
        return FlowProblem.unfit(
                "The run " + runId + " has ended: " + row.status() + ".", "Maybe restart it from one of its steps.");
    }

    /** The newest runs first. */
    public List<Run> runs(Journal.Query query) {
        return engine.reads(() -> engine.journal().runs(query));
    }

    /** A run with its steps. */
    public RunView run(String runId) {
        Optional<LiveRun> live = engine.live(runId);
        return live.isPresent() ? live.get().view() : RunView.of(row(runId), ended(runId));
    }

    private RunState ended(String runId) {
        return engine.reads(() -> engine.fold(row(runId), engine.journal().events(runId)));
    }

    private Run row(String runId) {
        return engine.reads(() -> engine.journal().run(runId)).orElseThrow(() -> FlowProblem.noRun(runId));
    }

    Engine engine() {
        return engine;
    }

    Admission admission() {
        return admission;
    }

    static <T> T await(CompletableFuture<T> synced) {
        try {
            return synced.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof Problem problem
                    ? problem
                    : FlowProblem.journal("written", failed.getCause() == null ? failed : failed.getCause());
        }
    }

    /** Ends bodies that run; the next node that opens the journal makes their attempts again. */
    @Override
    public void close() {
        engine.close();
    }
}
