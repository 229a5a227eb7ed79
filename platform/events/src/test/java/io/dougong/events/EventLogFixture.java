package io.dougong.events;

import static io.dougong.events.Events.event;

import io.dougong.kernel.StreamPartition;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An open log with two streams, {@code orders} of one partition and {@code parts} of four. */
public abstract class EventLogFixture {

    protected static final StreamPartition ORDERS = new StreamPartition("orders", 0);

    protected final ManualClock clock = new ManualClock();

    @TempDir
    protected Path folder;

    protected EventLog log;

    /** Opens the log of this test, again after it was closed. */
    protected abstract EventLog open();

    @BeforeEach
    void openAnEmptyLog() {
        log = open();
        log.create(StreamConfig.of("orders", 1));
        log.create(StreamConfig.of("parts", 4));
    }

    @AfterEach
    void closeTheLog() {
        log.close();
    }

    protected final void reopen() {
        log.close();
        log = open();
    }

    protected final Appended append(Addressed event) {
        return log.appendAndWait(List.of(event)).getFirst();
    }

    protected static List<String> ids(List<Stored> stored) {
        return stored.stream().map(each -> each.event().id()).toList();
    }
}
