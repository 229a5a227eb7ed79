package io.dougong.node;

import io.dougong.events.Stored;
import io.dougong.events.Subscription;
import io.dougong.kernel.Problem;
import io.dougong.kernel.StorageProblem;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A platform thread that hands the events of a subscription to one handler, in arrival order, until it is closed or the handler
 * fails. A failure stops it and is kept: a derived state that cannot go on must be seen, not skipped.
 */
final class Follower implements AutoCloseable {

    /** Handles a batch; also called with an empty one when nothing came for a while. */
    interface Handler {
        void handle(List<Stored> batch) throws Exception;

        /** Called after each batch; what the disk refuses of it is done again until it is taken, and nothing else happens meanwhile. */
        default void settle() {}

        /** Whether a batch that the disk refused may be handed over again, whatever was done of it. */
        default boolean repeats() {
            return false;
        }
    }

    /** A part of what is done with a batch. */
    private interface Step {
        void take() throws Exception;
    }

    private static final int BATCH = 2_000;
    private static final Duration WAIT = Duration.ofMillis(20);
    private static final long STOP_MILLIS = 30_000;
    private static final Duration WAIT_LIMIT = Duration.ofMinutes(10);
    private static final long PAUSE_NANOS = 1_000_000;
    private static final long AGAIN_NANOS = 200_000_000;
    private static final long STALLED_LIMIT_NANOS = 2_000_000_000;

    private final Subscription subscription;
    private final Handler handler;
    private final Thread thread;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile @Nullable RuntimeException stalled;
    private volatile boolean open = true;

    Follower(String name, Subscription subscription, Handler handler) {
        this.subscription = subscription;
        this.handler = handler;
        this.thread = Thread.ofPlatform().name("dougong-" + name).daemon(true).unstarted(this::run);
    }

    Follower start() {
        thread.start();
        return this;
    }

    private void run() {
        try {
            while (open) {
                handle(subscription.poll(BATCH, WAIT));
            }
            handler.handle(List.of());
        } catch (Throwable broken) {
            failure.set(broken);
        }
    }

    private void handle(List<Stored> batch) throws Exception {
        patiently(() -> handler.handle(batch), handler.repeats());
        patiently(handler::settle, true);
    }

    /** Waits for the disk if the step may be repeated; if the end comes first, it is without the step. */
    private void patiently(Step step, boolean repeats) throws Exception {
        while (true) {
            try {
                step.take();
                stalled = null;
                return;
            } catch (RuntimeException refused) {
                if (!open || !repeats || !mayPass(refused)) {
                    throw refused;
                }
                stalled = refused;
                LockSupport.parkNanos(AGAIN_NANOS);
            }
        }
    }

    private static boolean mayPass(RuntimeException refused) {
        return refused instanceof Problem problem
                        && (problem.kind() == Problem.Kind.UNAVAILABLE || problem.kind() == Problem.Kind.OVERLOADED)
                || StorageProblem.behind(refused).isPresent();
    }

    /** Why it stopped, if it did. */
    @Nullable
    Throwable failure() {
        return failure.get();
    }

    /** Waits until the condition, which the handler brings about, holds. */
    void await(String name, BooleanSupplier condition) {
        if (!reaches(name, condition)) {
            throw NodeProblem.stopped(name, Objects.requireNonNull(failure.get()));
        }
    }

    /** Waits likewise, but gives up with false if the follower has stopped. */
    boolean reaches(String name, BooleanSupplier condition) {
        long start = System.nanoTime();
        long deadline = start + WAIT_LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (failure.get() != null) {
                return false;
            }
            RuntimeException waiting = stalled;
            if (waiting != null && System.nanoTime() - start > STALLED_LIMIT_NANOS) {
                throw StorageProblem.behind(waiting)
                        .map(RuntimeException.class::cast)
                        .orElse(waiting);
            }
            if (System.nanoTime() > deadline) {
                throw NodeProblem.timedOut("The " + name);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return true;
    }

    @Override
    public void close() {
        open = false;
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        subscription.close();
    }
}
