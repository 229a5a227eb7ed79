package io.dougong.flow;

import io.dougong.flow.embedded.SqliteJournal;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** An engine over a real journal, with tasks in Java that tests name. */
final class Workshop implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 30;

    private final Map<String, StepKind.Task> tasks = new ConcurrentHashMap<>();
    final List<String> log = Collections.synchronizedList(new ArrayList<>());
    final Path folder;
    Flows flows;

    Workshop(Path folder) {
        this.folder = folder;
        tasks.put("echo", (_, input) -> StepOutcome.done(input));
        tasks.put("note", (context, input) -> {
            log.add(context.path());
            return StepOutcome.done(input);
        });
        tasks.put("fail", (context, _) -> {
            log.add(context.path() + "#" + context.attempt());
            throw new IllegalArgumentException("as told");
        });
        flows = open();
    }

    Workshop task(String name, StepKind.Task task) {
        tasks.put(name, task);
        flows.close();
        flows = open();
        return this;
    }

    Flows open() {
        List<StepKind> kinds = List.of(StepKind.tasks(tasks), new ScriptKind(folder, folder.resolve("scratch")));
        return Flows.open(new Flows.Settings(
                SqliteJournal.open(folder.resolve("flow.db")),
                kinds,
                (_, path, _, line) -> log.add(path + "> " + line),
                InstantSource.system(),
                new Random(),
                64));
    }

    /** As if the process had been killed and started again, as far as one process can tell. */
    void reopen() {
        flows.close();
        flows = open();
    }

    RunView run(Workflow workflow) {
        return run(workflow, Map.of());
    }

    RunView run(Workflow workflow, Map<String, Object> parameters) {
        return end(flows.start(workflow, Start.with(parameters)));
    }

    RunView end(String run) {
        try {
            var _ = flows.end(run).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return flows.run(run);
        } catch (InterruptedException | ExecutionException | TimeoutException late) {
            throw new AssertionError("the run does not end: " + flows.run(run), late);
        }
    }

    /** Waits until a step is so. */
    void until(String run, String path, StepStatus status) {
        until(
                () -> flows.run(run)
                        .step(path)
                        .map(step -> step.status() == status)
                        .orElse(false),
                path + " " + status);
    }

    static void until(BooleanSupplier condition, String what) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not in time: " + what);
            }
            Thread.onSpinWait();
            Thread.yield();
        }
    }

    static Step echo(String id, Map<String, Object> input) {
        return Step.task(id, "echo", input);
    }

    static Step note(String id) {
        return Step.task(id, "note", Map.of());
    }

    static Step fail(String id) {
        return Step.task(id, "fail", Map.of());
    }

    @Override
    public void close() {
        flows.close();
    }
}
