package io.dougong.lake;

import io.dougong.kernel.Row;
import io.dougong.kernel.Schema;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Keeps disk and native calls off the carriers of virtual threads: work that comes from a virtual thread is done by a platform
 * thread while the virtual one waits, and cursors are filled by platform threads. The number of cursors is bounded.
 */
public final class DiskThreads {

    private final Semaphore cursors;
    private final int maxCursors;

    public DiskThreads(int maxCursors) {
        this.maxCursors = maxCursors;
        this.cursors = new Semaphore(maxCursors);
    }

    /** The result of the work, or the unchecked exception that it threw. */
    public <T> T call(Supplier<T> work) {
        if (!Thread.currentThread().isVirtual()) {
            return work.get();
        }
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("lake-disk").start(() -> {
            try {
                result.complete(work.get());
            } catch (Throwable failed) {
                result.completeExceptionally(failed);
            }
        });
        try {
            return result.join();
        } catch (CompletionException failed) {
            throw unwrapped(failed);
        }
    }

    private static RuntimeException unwrapped(CompletionException failed) {
        return switch (failed.getCause()) {
            case RuntimeException unchecked -> unchecked;
            case Error error -> throw error;
            case null, default -> failed;
        };
    }

    /** A cursor over what the source opens; the source is opened, read and closed on a thread of its own. */
    public RowCursor cursor(Schema schema, Callable<RowSource> opening) {
        if (!cursors.tryAcquire()) {
            throw LakeProblem.tooMany("scans", maxCursors);
        }
        return new PumpedCursor(schema, opening, cursors::release);
    }

    /** Where a cursor's rows come from. */
    public interface RowSource extends AutoCloseable {

        /** The next row, or null at the end. */
        @org.jspecify.annotations.Nullable
        Row next() throws Exception;

        @Override
        void close() throws Exception;
    }
}
