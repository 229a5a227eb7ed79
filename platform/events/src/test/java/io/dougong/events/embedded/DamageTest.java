package io.dougong.events.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dougong.events.Event;
import io.dougong.events.EventProblem;
import io.dougong.events.Events;
import io.dougong.events.ManualClock;
import io.dougong.events.Position;
import io.dougong.events.StreamConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a damaged disk does to the log: a torn end is cut off and reported, damage in the middle is refused or located. */
class DamageTest {

    private static final int EVENTS = 300;

    @TempDir
    Path folder;

    private Path events;

    @BeforeEach
    void aLogInItsWriteAheadLog() {
        events = folder.resolve("events");
        try (EmbeddedEventLog log = open()) {
            log.create(StreamConfig.of("orders", 1));
            Random random = new Random(7);
            for (int i = 0; i < EVENTS; i++) {
                StringBuilder noise = new StringBuilder("\"");
                random.ints(600, 'a', 'z' + 1).forEach(letter -> noise.append((char) letter));
                Event event = Event.of(
                        "e" + i,
                        "/s",
                        "t",
                        "s",
                        0,
                        Events.json(noise.append('"').toString()));
                log.append("orders", event).join();
            }
        }
    }

    private EmbeddedEventLog open() {
        return EmbeddedEventLog.open(events, EmbeddedSettings.DEFAULT, new ManualClock());
    }

    private Path largest(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(events)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .max(Comparator.comparingLong(file -> file.toFile().length()))
                    .orElseThrow();
        }
    }

    private static void truncate(Path file, long bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(Files.size(file) - bytes);
        }
    }

    private static void flip(Path file, long at) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, at);
            one.put(0, (byte) (one.get(0) ^ 0x10));
            channel.write(one.rewind(), at);
        }
    }

    /** Opening replays the write-ahead log into a table file. */
    private void moveIntoTables() {
        open().close();
    }

    @Test
    void aCleanEndNeedsNoRepair() {
        try (EmbeddedEventLog log = open()) {
            assertThat(log.openReport().clean()).isTrue();
            assertThat(log.openReport().walBytes()).isGreaterThan(EVENTS * 600L);
            assertThat(log.verify()).isEqualTo(new VerifyReport(EVENTS, List.of(), List.of()));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 20, 500})
    void aTornLastWriteIsCutOffAndReported(long bytes) throws IOException {
        Path wal = largest(".log");
        truncate(wal, bytes);
        try (EmbeddedEventLog log = open()) {
            assertThat(log.openReport().repairs()).singleElement().satisfies(repair -> {
                assertThat(repair.file()).isEqualTo(wal.getFileName().toString());
                assertThat(repair.droppedBytes()).isPositive();
            });
            assertThat(log.stream("orders").events()).isEqualTo(EVENTS - 1);
            assertThat(log.verify().whole()).isTrue();
            assertThat(log.append("orders", Events.event("next"))
                            .join()
                            .position()
                            .offset())
                    .isEqualTo(EVENTS - 1);
        }
        try (EmbeddedEventLog log = open()) {
            assertThat(log.openReport().clean()).isTrue();
            assertThat(log.stream("orders").events()).isEqualTo(EVENTS);
        }
    }

    @Test
    void aGarbledLastWriteIsCutOffAndReported() throws IOException {
        Path wal = largest(".log");
        flip(wal, Files.size(wal) - 50);
        try (EmbeddedEventLog log = open()) {
            assertThat(log.openReport().repairs()).hasSize(1);
            assertThat(log.stream("orders").events()).isEqualTo(EVENTS - 1);
        }
    }

    @Test
    void garbageBehindTheLastWriteIsCutOffAndReported() throws IOException {
        byte[] garbage = new byte[40_000];
        new Random(3).nextBytes(garbage);
        Files.write(largest(".log"), garbage, StandardOpenOption.APPEND);
        try (EmbeddedEventLog log = open()) {
            assertThat(log.openReport().repairs()).hasSize(1);
            assertThat(log.stream("orders").events()).isEqualTo(EVENTS);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.3, 0.5, 0.9})
    void aFlippedBitBeforeLaterWritesIsRefused(double place) throws IOException {
        Path wal = largest(".log");
        flip(wal, (long) (Files.size(wal) * place));
        assertThatThrownBy(this::open)
                .isInstanceOf(EventProblem.Corrupt.class)
                .hasMessageContaining(wal.getFileName().toString());
        flip(wal, (long) (Files.size(wal) * place));
        try (EmbeddedEventLog log = open()) {
            assertThat(log.stream("orders").events())
                    .as("refusing changed nothing")
                    .isEqualTo(EVENTS);
        }
    }

    @Test
    void aFlippedBitInATableIsLocatedByReadAndVerify() throws IOException {
        moveIntoTables();
        Path table = largest(".sst");
        flip(table, Files.size(table) / 3);
        try (EmbeddedEventLog log = open()) {
            assertThatThrownBy(() -> log.read(new Position("orders", 0, 0), EVENTS))
                    .isInstanceOf(EventProblem.Corrupt.class)
                    .hasMessageContaining("orders/0/");
            VerifyReport report = log.verify();
            assertThat(report.whole()).isFalse();
            assertThat(report.damages()).singleElement().satisfies(damage -> {
                assertThat(damage.fromOffset()).isPositive();
                assertThat(damage.untilOffset()).isLessThan(EVENTS);
                assertThat(report.events()).isEqualTo(EVENTS - (damage.untilOffset() - damage.fromOffset()));
                assertThat(log.read(new Position("orders", 0, damage.untilOffset()), EVENTS))
                        .hasSize((int) (EVENTS - damage.untilOffset()));
            });
            assertThat(report.blocks()).hasSize(1);
        }
    }

    @Test
    void everyFlippedBitOfATableIsFoundOrHarmless() throws IOException {
        moveIntoTables();
        Path table = largest(".sst");
        Random random = new Random(11);
        for (int i = 0; i < 6; i++) {
            long at = random.nextLong(Files.size(table));
            flip(table, at);
            assertFoundOrHarmless();
            flip(table, at);
        }
    }

    private void assertFoundOrHarmless() {
        try (EmbeddedEventLog log = open()) {
            VerifyReport report = log.verify();
            assertThat(report.whole() ? report.events() : EVENTS).isEqualTo(EVENTS);
        } catch (EventProblem.Corrupt refused) {
            assertThat(refused.getMessage()).contains("damaged");
        }
    }

    @Test
    void aCheckpointOpensAsALogOfTheSameEvents() {
        Path copy = folder.resolve("copy");
        try (EmbeddedEventLog log = open()) {
            log.checkpoint(copy);
            log.append("orders", Events.event("later")).join();
            assertThatThrownBy(() -> log.checkpoint(copy)).isInstanceOf(EventProblem.class);
        }
        try (EmbeddedEventLog log = EmbeddedEventLog.open(copy, EmbeddedSettings.DEFAULT, new ManualClock())) {
            assertThat(log.verify()).isEqualTo(new VerifyReport(EVENTS, List.of(), List.of()));
            assertThat(log.find("orders", "later")).isEmpty();
        }
    }
}
