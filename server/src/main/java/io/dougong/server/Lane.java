package io.dougong.server;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A line of work of one kind: at most so many calls are in it, from before their body is read until they are answered, and so
 * many platform threads work on them. Who comes when it is full is told to try again, so that memory stays flat under any load.
 */
final class Lane {

    private final String name;
    private final Semaphore places;
    private final int most;
    private final ExecutorService threads;

    Lane(String name, int threads, int most) {
        this.name = name;
        this.most = most;
        this.places = new Semaphore(most);
        this.threads = Executors.newFixedThreadPool(
                threads,
                Thread.ofPlatform()
                        .name("dougong-" + name + "-", 0)
                        .daemon(true)
                        .factory());
    }

    /** One call's place in the line. */
    final class Place {
        private final AtomicBoolean held = new AtomicBoolean(true);

        private Place() {}

        void run(Runnable work) {
            threads.execute(work);
        }

        /** May be called more than once. */
        void leave() {
            if (held.compareAndSet(true, false)) {
                places.release();
            }
        }
    }

    /** @throws ServerProblem if the line is full */
    Place enter() {
        if (!places.tryAcquire()) {
            throw ServerProblem.overloaded(name);
        }
        return new Place();
    }

    int inside() {
        return most - places.availablePermits();
    }

    /** Waits until every call that is in the line is answered; whether that happened in time. */
    boolean drain(long timeoutMillis) {
        try {
            boolean empty = places.tryAcquire(most, timeoutMillis, TimeUnit.MILLISECONDS);
            threads.shutdown();
            return empty;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
