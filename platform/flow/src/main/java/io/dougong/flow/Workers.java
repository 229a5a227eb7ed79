package io.dougong.flow;

import io.dougong.documents.Fault;
import io.dougong.documents.Faults;
import io.dougong.documents.Node;
import io.dougong.documents.ShapeCheck;
import io.dougong.kernel.Digest;
import io.dougong.kernel.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Runs the bodies of steps, each on a thread of its own and so many at once, and tells each outcome once. */
final class Workers implements AutoCloseable {

    private static final long GRACE_MILLIS = 15_000;

    private final Engine engine;
    private final Map<String, StepKind> kinds;
    private final Semaphore places;
    private final Map<String, Attempt> attempts = new ConcurrentHashMap<>();

    Workers(Engine engine, Map<String, StepKind> kinds, int most) {
        this.engine = engine;
        this.kinds = kinds;
        this.places = new Semaphore(most, true);
    }

    void execute(LiveRun run, RunCommand.Execute command) {
        Attempt attempt = new Attempt(run.id(), command, engine.logs());
        attempts.put(key(run, command.path()), attempt);
        StepKind kind = kinds.get(command.step().kind());
        Thread.Builder thread = kind != null && kind.needsPlatformThread() ? Thread.ofPlatform() : Thread.ofVirtual();
        thread.name("step " + command.path()).start(() -> perform(run, attempt, kind));
    }

    private void perform(LiveRun run, Attempt attempt, @Nullable StepKind kind) {
        try {
            places.acquireUninterruptibly();
            long started = engine.nowMicros();
            Optional<Future<?>> limit = watch(run, attempt, started);
            try {
                String keep = keepKey(attempt.command());
                Optional<StepOutcome> kept = keep == null ? Optional.empty() : kept(attempt.command(), keep);
                StepOutcome outcome = kept.orElseGet(() -> tried(attempt, kind));
                String put = kept.isEmpty() && outcome instanceof StepOutcome.Done ? keep : null;
                tell(run, attempt, started, outcome, kept.isPresent(), put);
            } finally {
                limit.ifPresent(timer -> timer.cancel(false));
                places.release();
            }
        } finally {
            attempts.remove(key(run, attempt.path()), attempt);
        }
    }

    private StepOutcome tried(Attempt attempt, @Nullable StepKind kind) {
        if (kind == null) {
            String name = attempt.command().step().kind();
            return StepOutcome.failed(
                    StepOutcome.Failure.USER,
                    FlowProblem.noKind(name, kinds.keySet()).explained());
        }
        List<Fault> faults = faults(kind, attempt.settings());
        return faults.isEmpty()
                ? attempt.perform(kind)
                : StepOutcome.failed(StepOutcome.Failure.USER, faults.getFirst().text());
    }

    /** Settings were filled in since the workflow was read. */
    private static List<Fault> faults(StepKind kind, Map<String, Object> settings) {
        Faults faults = new Faults();
        new ShapeCheck(faults).check(Node.of(kind.name(), settings), kind.settings());
        return faults.sorted();
    }

    private Optional<Future<?>> watch(LiveRun run, Attempt attempt, long startedMicros) {
        return attempt.command()
                .step()
                .timeout()
                .map(longest -> engine.timers()
                        .after(
                                longest.toMillis(),
                                () -> end(
                                        run,
                                        attempt,
                                        StepOutcome.Failure.TIMEOUT,
                                        "took longer than " + io.dougong.documents.Durations.text(longest),
                                        startedMicros)));
    }

    private void tell(
            LiveRun run, Attempt attempt, long started, StepOutcome outcome, boolean cached, @Nullable String keep) {
        if (attempt.report()) {
            RunEvent event =
                    new RunEvent.Ended(engine.nowMicros(), attempt.path(), attempt.attempt(), started, outcome, cached);
            var _ = run.offer(event, null, keep);
        }
    }

    /** Ends the body on a thread of its own, since that may take a while; one that does not end is left behind. */
    private void end(LiveRun run, Attempt attempt, StepOutcome.Failure failure, String why, long startedMicros) {
        Thread _ = Thread.ofPlatform().name("end of " + attempt.path()).daemon().start(() -> attempt.end(failure, why));
        var _ = engine.timers()
                .after(
                        GRACE_MILLIS,
                        () -> tell(
                                run,
                                attempt,
                                startedMicros,
                                StepOutcome.failed(failure, why + ", and did not end when asked"),
                                false,
                                null));
    }

    /** False if no body of that step runs here. */
    boolean cancel(LiveRun run, String path, boolean force) {
        Attempt attempt = attempts.get(key(run, path));
        if (attempt != null) {
            if (force && attempt.report()) {
                attempts.remove(key(run, path), attempt);
            }
            end(run, attempt, StepOutcome.Failure.CANCELLED, "cancelled", engine.nowMicros());
        }
        return attempt != null;
    }

    private static @Nullable String keepKey(RunCommand.Execute command) {
        return command.step().cached().isEmpty()
                ? null
                : Digest.of(command.step().kind() + Json.text(command.settings()))
                        .hex();
    }

    private Optional<StepOutcome> kept(RunCommand.Execute command, String key) {
        long age = command.step().cached().orElseThrow().toNanos() / 1000;
        return engine.reads(() -> engine.journal().kept(key, engine.nowMicros() - age));
    }

    private static String key(LiveRun run, String path) {
        return run.id() + "/" + path;
    }

    /** Ends all bodies; what they would have told is not taken any more. */
    @Override
    public void close() {
        List<Attempt> running = List.copyOf(attempts.values());
        running.forEach(Attempt::report);
        running.forEach(attempt -> attempt.end(StepOutcome.Failure.CANCELLED, "the node stops"));
        attempts.clear();
    }
}
