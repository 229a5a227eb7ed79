package io.dougong.tracking;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The one writer. It takes what waits, up to a bound, does it in one transaction, and tells all of them once that is synced: the
 * price of a sync is shared by everyone who waits for it. Each piece of work stands in a savepoint of its own, so that one that is
 * refused leaves nothing and does not spoil its neighbours.
 */
final class Committer implements AutoCloseable {

    private static final int MOST_WAITING = 4096;
    private static final int MOST_TOGETHER = 256;
    private static final long CLOSE_MILLIS = 30_000;

    /** What is written; runs on the writer's thread. */
    interface Work<T> {
        T write(Statements statements);
    }

    private static final class Waiting<T> {
        private final Work<T> work;
        private final CompletableFuture<T> done = new CompletableFuture<>();
        private @org.jspecify.annotations.Nullable T result;
        private @org.jspecify.annotations.Nullable RuntimeException refused;

        private Waiting(Work<T> work) {
            this.work = work;
        }

        private void write(Statements statements) {
            statements.execute("SAVEPOINT one");
            try {
                result = work.write(statements);
            } catch (RuntimeException failed) {
                refused = failed;
                statements.execute("ROLLBACK TO one");
            }
            statements.execute("RELEASE one");
        }

        @SuppressWarnings("NullAway") // a work without a result answers null
        private void tell() {
            if (refused == null) {
                done.complete(result);
            } else {
                done.completeExceptionally(refused);
            }
        }
    }

    private final BlockingQueue<Waiting<?>> line = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Handle handle;
    private final Statements statements;
    private final Thread thread;
    private volatile boolean closing;

    Committer(Jdbi jdbi) {
        this.handle = jdbi.open();
        this.statements = new Statements(handle);
        statements.execute("PRAGMA cache_size = -65536");
        this.thread = Thread.ofPlatform().name("dougong-tracking").daemon(true).start(this::run);
    }

    /** Completes when it is durable, or with the problem that refused it. */
    <T> CompletableFuture<T> submit(Work<T> work) {
        Waiting<T> waiting = new Waiting<>(work);
        if (closing) {
            throw TrackingProblem.closed();
        }
        if (!line.offer(waiting)) {
            throw TrackingProblem.overloaded();
        }
        return waiting.done;
    }

    private void run() {
        List<Waiting<?>> group = new ArrayList<>(MOST_TOGETHER);
        while (!closing || !line.isEmpty()) {
            try {
                Waiting<?> first = line.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    group.add(first);
                    line.drainTo(group, MOST_TOGETHER - 1);
                    commit(group);
                    group.clear();
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void commit(List<Waiting<?>> group) {
        try {
            statements.execute("BEGIN IMMEDIATE");
            group.forEach(waiting -> waiting.write(statements));
            statements.execute("COMMIT");
        } catch (RuntimeException broken) {
            rollBack(broken);
            group.forEach(waiting -> waiting.done.completeExceptionally(broken));
            return;
        }
        group.forEach(Waiting::tell);
    }

    private void rollBack(RuntimeException broken) {
        try {
            statements.execute("ROLLBACK");
        } catch (RuntimeException alreadyBack) {
            broken.addSuppressed(alreadyBack);
        }
    }

    /** What waits is written first. */
    @Override
    public void close() {
        closing = true;
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        line.forEach(waiting -> waiting.done.completeExceptionally(TrackingProblem.closed()));
        statements.close();
        handle.close();
    }
}
