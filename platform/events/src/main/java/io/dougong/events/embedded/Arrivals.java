package io.dougong.events.embedded;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Where subscribers sleep until something has arrived. Costs the committer one volatile read while nobody sleeps. */
final class Arrivals {

    private final Lock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private volatile int sleepers;

    void announce() {
        if (sleepers > 0) {
            lock.lock();
            try {
                arrived.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Sleeps until the condition holds; returns the nanoseconds left, at most 0 if the time is over. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // only ever changed under the lock
    long await(BooleanSupplier ready, long nanos) throws InterruptedException {
        lock.lock();
        sleepers++;
        try {
            long left = nanos;
            while (left > 0 && !ready.getAsBoolean()) {
                left = arrived.awaitNanos(left);
            }
            return left;
        } finally {
            sleepers--;
            lock.unlock();
        }
    }

    static long nanos(java.time.Duration wait) {
        return TimeUnit.NANOSECONDS.convert(wait);
    }
}
