package io.dougong.flow;

import java.time.InstantSource;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Does things later, on one thread of its own: only what is short. */
final class Timers implements AutoCloseable {

    private final ScheduledThreadPoolExecutor executor;
    private final InstantSource clock;

    Timers(InstantSource clock) {
        this.clock = clock;
        this.executor = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("flow-timers").daemon().factory());
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    Future<?> at(long micros, Runnable action) {
        long now = io.dougong.kernel.Times.micros(clock.instant());
        return executor.schedule(action, Math.max(0, micros - now), TimeUnit.MICROSECONDS);
    }

    Future<?> after(long millis, Runnable action) {
        return executor.schedule(action, millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
