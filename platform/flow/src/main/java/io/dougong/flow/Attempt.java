package io.dougong.flow;

import io.dougong.kernel.Ids;
import io.dougong.kernel.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One attempt at a step while its body runs: what the body sees, and how it is ended from outside. */
final class Attempt implements StepContext {

    private final String run;
    private final RunCommand.Execute command;
    private final StepLogs logs;
    private final AtomicBoolean reported = new AtomicBoolean();
    private final List<Runnable> onCancel = new ArrayList<>();
    private @Nullable Thread thread;
    private StepOutcome.@Nullable Failed ended;

    Attempt(String run, RunCommand.Execute command, StepLogs logs) {
        this.run = run;
        this.command = command;
        this.logs = logs;
    }

    RunCommand.Execute command() {
        return command;
    }

    /** Runs the body on this thread; how it ended. */
    StepOutcome perform(StepKind kind) {
        synchronized (this) {
            thread = Thread.currentThread();
        }
        try {
            StepOutcome.Failed before = ended();
            StepOutcome outcome = before == null ? kind.run(this) : before;
            StepOutcome.Failed cut = ended();
            boolean late = cut != null && cut.failure() == StepOutcome.Failure.TIMEOUT;
            return cut != null && (late || outcome instanceof StepOutcome.Failed) ? cut : outcome;
        } catch (Exception | StackOverflowError failed) {
            StepOutcome.Failed cut = ended();
            return cut != null ? cut : failure(failed);
        } finally {
            synchronized (this) {
                thread = null;
            }
            // a cancellation that came too late must not reach what this thread does next
            boolean _ = Thread.interrupted();
        }
    }

    private static StepOutcome.Failed failure(Throwable failed) {
        String message = failed instanceof Problem problem ? problem.explained() : describe(failed);
        return new StepOutcome.Failed(blame(failed), message);
    }

    private static String describe(Throwable failed) {
        String message = failed.getMessage();
        return failed.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }

    private static StepOutcome.Failure blame(Throwable failed) {
        return switch (failed) {
            case Problem problem ->
                switch (problem.kind()) {
                    case UNAVAILABLE, OVERLOADED, INTERNAL -> StepOutcome.Failure.PLATFORM;
                    default -> StepOutcome.Failure.USER;
                };
            case IOException _, InterruptedException _, java.io.UncheckedIOException _ -> StepOutcome.Failure.PLATFORM;
            default -> StepOutcome.Failure.USER;
        };
    }

    /** Ends the body: its actions for that are called and its thread is interrupted. The first reason stays. */
    void end(StepOutcome.Failure failure, String why) {
        List<Runnable> actions;
        synchronized (this) {
            if (ended != null) {
                return;
            }
            ended = new StepOutcome.Failed(failure, why);
            actions = List.copyOf(onCancel);
        }
        actions.forEach(Runnable::run);
        synchronized (this) {
            if (thread != null) {
                thread.interrupt();
            }
        }
    }

    synchronized StepOutcome.@Nullable Failed ended() {
        return ended;
    }

    /** True once: whoever gets it tells the outcome. */
    boolean report() {
        return reported.compareAndSet(false, true);
    }

    @Override
    public String run() {
        return run;
    }

    @Override
    public String path() {
        return command.path();
    }

    @Override
    public int attempt() {
        return command.attempt();
    }

    @Override
    public String idempotencyKey() {
        return Ids.derived(run + "/" + command.path());
    }

    @Override
    public Map<String, Object> settings() {
        return command.settings();
    }

    @Override
    public void log(String line) {
        logs.line(run, command.path(), command.attempt(), line);
    }

    @Override
    public void onCancel(Runnable action) {
        boolean late;
        synchronized (this) {
            late = ended != null;
            onCancel.add(action);
        }
        if (late) {
            action.run();
        }
    }

    @Override
    public synchronized boolean cancelled() {
        return ended != null;
    }
}
