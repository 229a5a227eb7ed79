package io.dougong.flow;

import io.dougong.kernel.Problem;
import io.dougong.kernel.Times;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the runs that have not ended, gives the commands of their states to those who carry them out, and brings runs back from the
 * journal: when the engine opens, and when a write failed. Commands are given on one thread, in the order of the events behind them.
 */
final class Engine implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final long FIRST_REPAIR_MILLIS = 500;
    private static final long LONGEST_REPAIR_MILLIS = 60_000;

    private final Journal journal;
    private final InstantSource clock;
    private final StepLogs logs;
    private final Timers timers;
    private final Workers workers;
    private final Mail mail;
    private final ExecutorService dispatcher;
    private final ExecutorService readers;
    private final Map<String, LiveRun> live = new ConcurrentHashMap<>();
    private final Map<String, Definition> definitions = new ConcurrentHashMap<>();
    private final Starter starter;
    private volatile boolean closed;

    /** Starts a run for another, and hears when runs end. */
    interface Starter {
        void call(LiveRun parent, RunCommand.Call call);

        /** Ends what a step has called. */
        void cancel(String parent, String path, boolean force);

        void ended(Run run);
    }

    Engine(Flows.Settings settings, Starter starter) {
        this.journal = settings.journal();
        this.clock = settings.clock();
        this.logs = settings.logs();
        this.starter = starter;
        this.timers = new Timers(clock);
        this.workers = new Workers(this, StepKind.byName(settings.kinds()), settings.mostSteps());
        this.mail = new Mail(this);
        this.dispatcher = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("flow-dispatcher").factory());
        this.readers = Executors.newFixedThreadPool(
                2, Thread.ofPlatform().name("flow-reader-", 0).daemon().factory());
    }

    /** Brings back what had not ended when the last node stopped; how many runs. */
    int recover() {
        List<Run> open = journal.runs(Journal.Query.OPEN);
        open.forEach(this::recover);
        return open.size();
    }

    private void recover(Run row) {
        try {
            List<RunEvent> events = journal.events(row.id());
            RunState state = fold(row, events);
            LiveRun run = new LiveRun(this, state, row, events.size());
            live.put(row.id(), run);
            List<RunCommand> waiting = run.outstanding();
            if (state.wasWorking()) {
                var _ = run.offer(new RunEvent.Recovered(nowMicros(), journal.generation()));
            }
            dispatcher.execute(() -> give(run, waiting));
        } catch (FlowProblem.Storage unreadable) {
            throw unreadable;
        } catch (RuntimeException broken) {
            giveUp(row, broken);
        }
    }

    /** A run that cannot be continued fails where everybody sees it. */
    private void giveUp(Run row, RuntimeException broken) {
        LOG.error("run {} cannot be continued", row.id(), broken);
        Run failed = row.with(RunStatus.FAILED, "It cannot be continued: " + broken, nowMicros());
        var _ = journal.append(new Journal.Entry.Happened(row.id(), 0, null, failed, null, null));
    }

    RunState fold(Run row, List<RunEvent> events) {
        RunState state = new RunState(row.id(), definition(row.definition()));
        events.forEach(state::apply);
        return state;
    }

    /** A new run, which becomes true with its first event. */
    LiveRun begin(Run row, Definition definition) {
        definitions.putIfAbsent(definition.digest(), definition);
        LiveRun run = new LiveRun(this, new RunState(row.id(), definition), row, 0);
        live.put(row.id(), run);
        return run;
    }

    Definition definition(String digest) {
        return definitions.computeIfAbsent(
                digest,
                _ -> new Definition(WorkflowFile.recorded(journal.definition(digest)
                        .orElseThrow(() -> FlowProblem.journal(
                                "read", new IllegalStateException("definition " + digest + " is missing"))))));
    }

    /** What follows the sync of an event, or its failure. */
    boolean after(LiveRun run, List<RunCommand> commands, @Nullable Throwable failed) {
        if (failed == null) {
            give(run, commands);
            return true;
        }
        Throwable cause = failed.getCause() == null ? failed : failed.getCause();
        breakOff(run, cause);
        throw cause instanceof Problem problem ? problem : FlowProblem.journal("written", cause);
    }

    private void give(LiveRun run, List<RunCommand> commands) {
        for (RunCommand command : commands) {
            switch (command) {
                case RunCommand.Execute execute -> workers.execute(run, execute);
                case RunCommand.Wake wake -> wake(run, wake);
                case RunCommand.Await await -> mail.await(run, await);
                case RunCommand.Call call -> starter.call(run, call);
                case RunCommand.Cancel cancel -> {
                    if (!workers.cancel(run, cancel.path(), cancel.force())) {
                        starter.cancel(run.id(), cancel.path(), cancel.force());
                    }
                }
                case RunCommand.Finish finish -> finish(run, finish.status());
            }
        }
    }

    private void wake(LiveRun run, RunCommand.Wake wake) {
        var _ = timers.at(wake.atMicros(), () -> {
            var _ = run.offer(new RunEvent.Woke(nowMicros(), wake.path(), wake.attempt()));
        });
    }

    private void finish(LiveRun run, RunStatus status) {
        live.remove(run.id(), run);
        mail.forget(run);
        Run row = run.row();
        starter.ended(row);
        run.end().complete(status);
    }

    /** What the state knows may not be in the journal: the run is taken from there again, once that works. */
    private void breakOff(LiveRun run, Throwable cause) {
        run.breakOff();
        if (live.remove(run.id(), run) && !closed) {
            LOG.warn("run {} is taken from the journal again: {}", run.id(), String.valueOf(cause.getMessage()));
            for (StepRun step : run.look(RunState::active)) {
                boolean _ = workers.cancel(run, step.path(), true);
            }
            boolean fenced = cause instanceof Problem problem && problem.code().equals("fenced");
            if (!fenced) {
                repair(run, FIRST_REPAIR_MILLIS);
            }
        }
    }

    private void repair(LiveRun run, long pauseMillis) {
        var _ = timers.after(
                pauseMillis,
                () -> readers.execute(() -> {
                    try {
                        journal.run(run.id())
                                .filter(row -> !row.status().ended())
                                .ifPresent(this::recover);
                    } catch (RuntimeException still) {
                        LOG.warn("run {} cannot be read yet: {}", run.id(), String.valueOf(still.getMessage()));
                        repair(run, Math.min(pauseMillis * 2, LONGEST_REPAIR_MILLIS));
                    }
                }));
    }

    Optional<LiveRun> live(String id) {
        return Optional.ofNullable(live.get(id));
    }

    List<LiveRun> live() {
        return new ArrayList<>(live.values());
    }

    /** Ids of the runs that have not ended, by workflow. */
    Map<String, Integer> counts() {
        Map<String, Integer> counts = new HashMap<>();
        live.values().forEach(run -> counts.merge(run.row().workflow(), 1, Integer::sum));
        return counts;
    }

    /** Reads the journal on a thread that may wait for a disk: this one, unless it is virtual. */
    <T> T reads(Supplier<T> reading) {
        return Thread.currentThread().isVirtual()
                ? Flows.await(CompletableFuture.supplyAsync(reading, readers))
                : reading.get();
    }

    void later(Runnable reading) {
        readers.execute(reading);
    }

    Mail mail() {
        return mail;
    }

    Journal journal() {
        return journal;
    }

    StepLogs logs() {
        return logs;
    }

    Timers timers() {
        return timers;
    }

    ExecutorService dispatcher() {
        return dispatcher;
    }

    long nowMicros() {
        return Times.micros(clock.instant());
    }

    /** Ends bodies without recording that; a later node makes these attempts again. */
    @Override
    public void close() {
        closed = true;
        timers.close();
        workers.close();
        live.values().forEach(LiveRun::breakOff);
        dispatcher.shutdown();
        readers.shutdown();
        journal.close();
    }
}
