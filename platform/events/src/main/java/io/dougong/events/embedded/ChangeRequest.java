package io.dougong.events.embedded;

import io.dougong.events.EventProblem;
import java.util.concurrent.CompletableFuture;
import org.rocksdb.RocksDBException;

/** A change beside the events: a stream made, offsets committed, old events dropped. */
final class ChangeRequest implements Request {

    /** Puts a change into the batch. */
    @FunctionalInterface
    interface Change {
        void stage(Staging staging) throws RocksDBException;
    }

    private static final long TYPICAL_BYTES = 512;

    final CompletableFuture<Void> future = new CompletableFuture<>();
    private final Change change;
    private final Runnable afterSync;

    /** @param afterSync makes the change visible to readers */
    ChangeRequest(Change change, Runnable afterSync) {
        this.change = change;
        this.afterSync = afterSync;
    }

    @Override
    public long bytes() {
        return TYPICAL_BYTES;
    }

    @Override
    public void stage(Staging staging) throws RocksDBException {
        change.stage(staging);
    }

    @Override
    @SuppressWarnings("NullAway") // a Void has no other value
    public void synced() {
        afterSync.run();
        future.complete(null);
    }

    @Override
    public void failed(EventProblem problem) {
        future.completeExceptionally(problem);
    }
}
