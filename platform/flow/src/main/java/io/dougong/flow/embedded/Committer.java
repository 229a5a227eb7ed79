package io.dougong.flow.embedded;

import io.dougong.flow.EventCodec;
import io.dougong.flow.FlowProblem;
import io.dougong.flow.Journal;
import io.dougong.flow.Run;
import io.dougong.flow.RunEvent;
import io.dougong.kernel.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that writes. It takes all that waits, writes it in one transaction and syncs once (group commit: the longer a sync
 * takes, the more the next one carries), and only then completes the futures. The transaction begins by looking whether the
 * generation is still this one's, so it is refused as a whole if it is not.
 */
final class Committer implements AutoCloseable {

    private static final int MAX_QUEUED = 16_384;
    private static final int MAX_GROUP = 2_048;

    private final Jdbi jdbi;
    private final long generation;
    private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(MAX_QUEUED);
    private final Thread thread;
    private volatile boolean closing;
    private @Nullable Handle handle;

    private record Waiting(Journal.Entry entry, CompletableFuture<Void> synced) {}

    Committer(Jdbi jdbi, long generation) {
        this.jdbi = jdbi;
        this.generation = generation;
        this.thread = Thread.ofPlatform().name("flow-committer").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    CompletableFuture<Void> append(Journal.Entry entry) {
        Waiting waiting = new Waiting(entry, new CompletableFuture<>());
        try {
            if (closing) {
                throw FlowProblem.closed();
            }
            queue.put(waiting);
            if (closing && queue.remove(waiting)) {
                throw FlowProblem.closed();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            waiting.synced.completeExceptionally(FlowProblem.closed());
        } catch (FlowProblem refused) {
            waiting.synced.completeExceptionally(refused);
        }
        return waiting.synced;
    }

    private void run() {
        List<Waiting> group = new ArrayList<>();
        while (take(group)) {
            commit(group);
            group.clear();
        }
        if (handle != null) {
            handle.close();
        }
    }

    private boolean take(List<Waiting> group) {
        try {
            Waiting first = closing ? queue.poll() : queue.take();
            if (first != null) {
                group.add(first);
            }
        } catch (InterruptedException wakened) {
            // only close() interrupts; what is queued is written still
            Waiting first = queue.poll();
            if (first != null) {
                group.add(first);
            }
        }
        queue.drainTo(group, MAX_GROUP - group.size());
        return !group.isEmpty() || !closing;
    }

    private void commit(List<Waiting> group) {
        if (group.isEmpty()) {
            return;
        }
        try {
            Handle writing = handle == null ? jdbi.open() : handle;
            handle = writing;
            writing.useTransaction(transaction -> {
                refuseIfFenced(transaction);
                write(transaction, group.stream().map(Waiting::entry).toList());
            });
        } catch (FlowProblem refused) {
            group.forEach(waiting -> waiting.synced.completeExceptionally(refused));
            return;
        } catch (JdbiException failed) {
            reopen();
            alone(group, failed);
            return;
        }
        group.forEach(waiting -> waiting.synced.complete(null));
    }

    /** What failed together is tried one by one, so that one that can never be written does not take the others with it. */
    private void alone(List<Waiting> group, JdbiException failed) {
        if (group.size() == 1) {
            group.getFirst().synced.completeExceptionally(FlowProblem.journal("written", failed));
        } else {
            group.forEach(waiting -> commit(List.of(waiting)));
        }
    }

    private void reopen() {
        Handle failed = handle;
        handle = null;
        if (failed != null) {
            failed.close();
        }
    }

    static long newest(Handle handle) {
        return handle.createQuery("SELECT generation FROM flow_node")
                .mapTo(Long.class)
                .one();
    }

    private void refuseIfFenced(Handle transaction) {
        int mine = transaction.execute("UPDATE flow_node SET generation = generation WHERE generation = ?", generation);
        if (mine == 0) {
            throw FlowProblem.fenced(generation, newest(transaction));
        }
    }

    private static void write(Handle transaction, List<Journal.Entry> entries) {
        PreparedBatch events = transaction.prepareBatch(
                "INSERT INTO flow_event (run, seq, event, path, attempt, body) VALUES (?, ?, ?, ?, ?, ?)");
        for (Journal.Entry entry : entries) {
            switch (entry) {
                case Journal.Entry.Happened happened -> happened(transaction, events, happened);
                case Journal.Entry.Apply apply -> apply(transaction, apply);
                case Journal.Entry.Came came -> signal(transaction, came.signal());
            }
        }
        if (events.size() > 0) {
            int[] _ = events.execute();
        }
    }

    private static void happened(Handle transaction, PreparedBatch events, Journal.Entry.Happened happened) {
        if (happened.document() != null) {
            define(transaction, Objects.requireNonNull(happened.row()).definition(), happened.document());
        }
        if (happened.row() != null) {
            row(transaction, happened.row());
        }
        RunEvent event = happened.event();
        if (event != null) {
            RunEvent.@Nullable Ended end = event instanceof RunEvent.Ended ended ? ended : null;
            events.bind(0, happened.run())
                    .bind(1, happened.seq())
                    .bind(2, EventCodec.kind(event))
                    .bind(3, end == null ? null : end.path())
                    .bind(4, end == null ? null : end.attempt())
                    .bind(5, EventCodec.write(event))
                    .add();
            if (happened.keep() != null && end != null) {
                transaction.execute(
                        "INSERT INTO flow_kept (cache_key, outcome, at_micros) VALUES (?, ?, ?) ON CONFLICT (cache_key)"
                                + " DO UPDATE SET outcome = excluded.outcome, at_micros = excluded.at_micros",
                        happened.keep(),
                        EventCodec.writeOutcome(end.outcome()),
                        end.atMicros());
            }
        }
    }

    private static void row(Handle transaction, Run run) {
        transaction.execute(
                "INSERT INTO flow_run (id, workflow, definition, status, start_key, parent, parent_path, origin, reason,"
                        + " accepted_micros, ended_micros) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (id) DO UPDATE SET status = excluded.status, reason = excluded.reason,"
                        + " ended_micros = excluded.ended_micros",
                run.id(),
                run.workflow(),
                run.definition(),
                run.status().name(),
                run.key().isEmpty() ? null : run.key(),
                run.parent(),
                run.parentPath(),
                run.origin(),
                run.reason(),
                run.acceptedMicros(),
                run.endedMicros());
    }

    private static void define(Handle transaction, String digest, String document) {
        transaction.execute(
                "INSERT INTO flow_definition (digest, document) VALUES (?, ?) ON CONFLICT (digest) DO NOTHING",
                digest,
                document);
    }

    private static void apply(Handle transaction, Journal.Entry.Apply apply) {
        define(transaction, apply.workflow().digest(), apply.document());
        transaction.execute(
                "INSERT INTO flow_workflow (name, digest, applied_micros) VALUES (?, ?, ?) ON CONFLICT (name)"
                        + " DO UPDATE SET digest = excluded.digest, applied_micros = excluded.applied_micros",
                apply.workflow().name(),
                apply.workflow().digest(),
                apply.workflow().appliedMicros());
    }

    private static void signal(Handle transaction, Journal.Signal signal) {
        transaction.execute(
                "INSERT INTO flow_signal (id, name, keys, payload, by_whom, at_micros) VALUES (?, ?, ?, ?, ?, ?)",
                signal.id(),
                signal.name(),
                Json.text(signal.keys()),
                Json.text(signal.payload()),
                signal.by(),
                signal.atMicros());
    }

    /** Writes what is queued, then stops. */
    @Override
    public void close() {
        closing = true;
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        for (Waiting late = queue.poll(); late != null; late = queue.poll()) {
            late.synced.completeExceptionally(FlowProblem.closed());
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
