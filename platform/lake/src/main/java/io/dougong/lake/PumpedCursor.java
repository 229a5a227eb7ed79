package io.dougong.lake;

import io.dougong.kernel.Problem;
import io.dougong.kernel.Row;
import io.dougong.kernel.Schema;
import io.dougong.kernel.StorageProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A cursor that a platform thread fills, a few batches ahead of its reader. */
final class PumpedCursor implements RowCursor {

    private static final int BATCH_ROWS = 1024;
    private static final int BATCHES_AHEAD = 3;

    /** Rows, and behind the last ones the end: done, or failed. */
    private record Batch(
            List<Row> rows, boolean last, @Nullable Throwable failure) {}

    private final Schema schema;
    private final BlockingQueue<Batch> batches = new ArrayBlockingQueue<>(BATCHES_AHEAD);
    private final Thread pump;
    private final Runnable whenDone;
    private Batch batch = new Batch(List.of(), false, null);
    private int place;
    private boolean closed;

    PumpedCursor(Schema schema, Callable<DiskThreads.RowSource> opening, Runnable whenDone) {
        this.schema = schema;
        this.whenDone = whenDone;
        this.pump = Thread.ofPlatform().daemon().name("lake-scan").start(() -> fill(opening));
    }

    private void fill(Callable<DiskThreads.RowSource> opening) {
        Throwable failure = null;
        List<Row> rows = new ArrayList<>(BATCH_ROWS);
        try (DiskThreads.RowSource source = opening.call()) {
            for (Row row = source.next(); row != null; row = source.next()) {
                rows.add(row);
                if (rows.size() == BATCH_ROWS) {
                    batches.put(new Batch(rows, false, null));
                    rows = new ArrayList<>(BATCH_ROWS);
                }
            }
        } catch (InterruptedException _) {
            return;
        } catch (Exception | Error failed) {
            failure = failed;
        }
        try {
            batches.put(new Batch(rows, true, failure));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public boolean hasNext() {
        while (place == batch.rows.size()) {
            if (batch.failure != null) {
                throw unchecked(batch.failure);
            }
            if (batch.last || closed) {
                return false;
            }
            take();
        }
        return true;
    }

    private void take() {
        try {
            batch = batches.take();
            place = 0;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            close();
            throw StorageProblem.unreadable("the scan", interrupted);
        }
    }

    private static RuntimeException unchecked(Throwable failure) {
        return switch (failure) {
            case Problem problem -> problem;
            case RuntimeException unchecked -> unchecked;
            case Error error -> throw error;
            default -> StorageProblem.unreadable("the scan", failure);
        };
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return batch.rows.get(place++);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        batch = new Batch(List.of(), true, null);
        place = 0;
        pump.interrupt();
        boolean interrupted = false;
        while (pump.isAlive()) {
            batches.clear();
            try {
                pump.join(java.time.Duration.ofMillis(50));
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        whenDone.run();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
