package io.dougong.tracking;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** A few connections that read, kept open with what they have cached. A reader sees one state for as long as it reads. */
final class Readers implements AutoCloseable {

    private static final int CONNECTIONS = 4;

    /** What is read. */
    interface Reading<T> {
        T read(Statements statements);
    }

    private final List<Handle> handles = new ArrayList<>();
    private final BlockingQueue<Statements> free = new ArrayBlockingQueue<>(CONNECTIONS);

    Readers(Jdbi jdbi) {
        for (int i = 0; i < CONNECTIONS; i++) {
            Handle handle = jdbi.open();
            handles.add(handle);
            Statements statements = new Statements(handle);
            statements.execute("PRAGMA cache_size = -16384");
            statements.execute("PRAGMA mmap_size = 1073741824");
            statements.execute("PRAGMA query_only = 1");
            free.add(statements);
        }
    }

    <T> T read(Reading<T> reading) {
        Statements statements = take();
        try {
            statements.execute("BEGIN");
            try {
                return reading.read(statements);
            } finally {
                statements.execute("COMMIT");
            }
        } finally {
            free.add(statements);
        }
    }

    private Statements take() {
        try {
            return free.take();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw TrackingProblem.closed();
        }
    }

    @Override
    public void close() {
        for (int i = 0; i < CONNECTIONS; i++) {
            take().close();
        }
        handles.forEach(Handle::close);
    }
}
