package io.dougong.events.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dougong.events.Appended;
import io.dougong.events.Event;
import io.dougong.events.EventLog;
import io.dougong.events.EventProblem;
import io.dougong.events.Events;
import io.dougong.events.ManualClock;
import io.dougong.events.Position;
import io.dougong.events.StreamConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** A disk that does not keep up, and one that refuses. */
class OverloadTest {

    private static final int QUEUE = 50;
    private static final int ENOUGH = 1_000_000;

    @TempDir
    Path folder;

    private final Semaphore syncs = new Semaphore(ENOUGH);
    private volatile boolean failing;
    private EmbeddedEventLog log;

    @BeforeEach
    void open() {
        EmbeddedSettings small = EmbeddedSettings.DEFAULT.withQueue(QUEUE, 100_000);
        log = EmbeddedEventLog.open(folder.resolve("events"), small, new ManualClock(), (database, synced, batch) -> {
            syncs.acquireUninterruptibly();
            if (failing) {
                throw new RocksDBException(
                        "No space left on device", new Status(Status.Code.IOError, Status.SubCode.NoSpace, ""));
            }
            database.write(synced, batch);
        });
        log.create(StreamConfig.of("orders", 1));
    }

    @AfterEach
    void close() {
        syncs.release(ENOUGH);
        log.close();
    }

    private List<CompletableFuture<Appended>> flood(int count) {
        List<CompletableFuture<Appended>> appends = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            appends.add(log.append("orders", Events.event("e" + i)));
        }
        return appends;
    }

    @Test
    void whenSyncsDoNotKeepUpTheQueueStaysBoundedAndTheAcceptedAreKept() {
        syncs.drainPermits();
        List<CompletableFuture<Appended>> appends = flood(1000);
        List<CompletableFuture<Appended>> refused = appends.stream()
                .filter(CompletableFuture::isCompletedExceptionally)
                .toList();
        assertThat(appends.size() - refused.size()).isBetween(QUEUE, 2 * QUEUE + 2);
        assertThat(refused)
                .allSatisfy(append -> assertThatThrownBy(() -> EventLog.await(append))
                        .isInstanceOf(EventProblem.Overloaded.class)
                        .satisfies(problem -> assertThat(
                                        ((EventProblem) problem).kind().status())
                                .isEqualTo(429)));

        syncs.release(ENOUGH);
        long kept = appends.stream()
                .filter(append -> !refused.contains(append))
                .map(CompletableFuture::join)
                .count();
        assertThat(log.read(new Position("orders", 0, 0), 1000)).hasSize((int) kept);
        assertThat(log.append("orders", Events.event("later")).join().duplicate())
                .isFalse();
    }

    @Test
    void theBoundIsOnBytesToo() {
        syncs.drainPermits();
        Event large = Event.of("large", "/s", "t", "", 0, Events.json("\"" + "x".repeat(60_000) + "\""));
        CompletableFuture<Appended> first = log.append("orders", large);
        CompletableFuture<Appended> second = log.append("orders", Event.of("b", "/s", "t", "", 0, large.data()));
        CompletableFuture<Appended> third = log.append("orders", Event.of("c", "/s", "t", "", 0, large.data()));
        assertThat(List.of(first, second, third)).anyMatch(CompletableFuture::isCompletedExceptionally);
        syncs.release(ENOUGH);
        assertThat(first.join().position().offset()).isZero();
    }

    @Test
    void aBatchLargerThanTheQueueIsRefusedAsTooLarge() {
        Event large = Event.of("large", "/s", "t", "", 0, Events.json("\"" + "x".repeat(120_000) + "\""));
        assertThatThrownBy(() -> EventLog.await(log.append("orders", large))).isInstanceOf(EventProblem.TooLarge.class);
    }

    @Test
    void nothingIsVisibleBeforeItIsSynced() {
        syncs.drainPermits();
        CompletableFuture<Appended> append = log.append("orders", Events.event("a"));
        assertThat(log.stream("orders").events()).isZero();
        assertThat(log.find("orders", "a")).isEmpty();
        assertThat(append).isNotDone();
        syncs.release(ENOUGH);
        append.join();
        assertThat(log.find("orders", "a")).isPresent();
    }

    @Test
    void afterAFailedWriteTheLogGoesOnWithoutAGap() {
        log.append("orders", Events.event("a")).join();
        failing = true;
        assertThatThrownBy(() -> EventLog.await(log.append("orders", Events.event("b"))))
                .isInstanceOf(EventProblem.WriteFailed.class)
                .satisfies(
                        problem -> assertThat(((EventProblem) problem).advice()).contains("disk is full"));
        assertThat(log.read(new Position("orders", 0, 0), 5)).hasSize(1);
        failing = false;
        assertThat(log.append("orders", Events.event("c")).join().position().offset())
                .isEqualTo(1);
        assertThat(log.append("orders", Events.event("b")).join())
                .isEqualTo(new Appended(new Position("orders", 0, 2), false));
        assertThat(log.verify().whole()).isTrue();
    }

    @Test
    void closingCommitsWhatWasAccepted() {
        syncs.drainPermits();
        List<CompletableFuture<Appended>> accepted = flood(20);
        CompletableFuture<Void> closing = CompletableFuture.runAsync(
                log::close, task -> Thread.ofPlatform().start(task));
        syncs.release(ENOUGH);
        closing.join();
        assertThat(accepted)
                .allSatisfy(append -> assertThat(append.join().duplicate()).isFalse());
    }
}
