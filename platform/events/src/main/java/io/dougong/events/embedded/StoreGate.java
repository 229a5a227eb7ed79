package io.dougong.events.embedded;

import io.dougong.events.EventProblem;
import io.dougong.kernel.DurableFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/**
 * Lets threads use the store side by side and changes it only when none does: at close, and when it is opened anew after a failed
 * write. Opening anew is the one cure for every kind of failed write: what a failed sync left in the page cache is not trusted but
 * read back and written again into new, synced files.
 */
final class StoreGate implements AutoCloseable {

    /** Free space that opening anew may need: a first table file, a manifest and a log. */
    private static final int PROBE_BYTES = 1 << 20;

    /** Something done with the store. */
    @FunctionalInterface
    interface Use<T> {
        T with(Store store) throws RocksDBException;
    }

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Path folder;
    private final EmbeddedSettings settings;
    private @Nullable Store store;
    private OpenReport report;
    private boolean closed;

    StoreGate(Path folder, EmbeddedSettings settings) {
        this.folder = folder;
        this.settings = settings;
        Store opened = Store.open(folder, settings);
        this.store = opened;
        this.report = opened.report();
    }

    /** Errors of RocksDB come out as damage at {@code where}. */
    <T> T read(String where, Use<T> use) {
        try {
            return use(use);
        } catch (RocksDBException failed) {
            throw Trouble.atRead(where, failed);
        }
    }

    <T> T use(Use<T> use) throws RocksDBException {
        lock.readLock().lock();
        try {
            return use.with(present());
        } finally {
            lock.readLock().unlock();
        }
    }

    private Store present() {
        Store present = store;
        if (present == null) {
            throw closed
                    ? EventProblem.closed("The event log")
                    : EventProblem.writeFailed(
                            "it could not be opened again", true, new IOException(folder.toString()));
        }
        return present;
    }

    /** Opens the store anew, unless the disk still refuses writes: then it stays as it is and can still be read. */
    void reopen() {
        probe();
        lock.writeLock().lock();
        try {
            Store old = store;
            store = null;
            if (old != null) {
                old.close();
            }
            Store opened = Store.open(folder, settings);
            store = opened;
            report = opened.report();
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void probe() {
        try {
            DurableFiles.probe(folder, PROBE_BYTES);
        } catch (IOException refused) {
            throw Trouble.atWrite(refused);
        }
    }

    OpenReport report() {
        lock.readLock().lock();
        try {
            return report;
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            closed = true;
            Store old = store;
            store = null;
            if (old != null) {
                old.close();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }
}
