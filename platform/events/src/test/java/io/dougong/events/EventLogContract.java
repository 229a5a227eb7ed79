package io.dougong.events;

import static io.dougong.events.Events.event;
import static io.dougong.events.Events.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dougong.kernel.Times;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What every event log does, whatever it is built on. */
public abstract class EventLogContract extends EventLogFixture {

    @Test
    void whatWasAppendedIsReadBackEqualAlsoAfterReopening() {
        Event full = new Event(
                "a", "/s", "t", "subject", -5, Events.json("{\"x\":[1,2.50]}"), java.util.Map.of("trace", "1"));
        append(new Addressed("orders", full));
        reopen();
        assertThat(log.read(new Position("orders", 0, 0), 10))
                .singleElement()
                .satisfies(stored -> assertThat(stored.event()).isEqualTo(full));
    }

    @Test
    void offsetsCountUpFromZeroInTheOrderOfAppending() {
        List<Appended> first = log.appendAndWait(List.of(to("orders", "a"), to("orders", "b")));
        Appended next = append(to("orders", "c"));
        assertThat(first).extracting(a -> a.position().offset()).containsExactly(0L, 1L);
        assertThat(next).isEqualTo(new Appended(new Position("orders", 0, 2), false));
        assertThat(log.endOffset(ORDERS)).isEqualTo(3);
    }

    @Test
    void aDuplicateEventIdKeepsTheFirstOffset() {
        append(to("orders", "a"));
        append(to("orders", "b"));
        reopen();
        assertThat(append(to("orders", "a"))).isEqualTo(new Appended(new Position("orders", 0, 0), true));
        assertThat(log.endOffset(ORDERS)).isEqualTo(2);
    }

    @Test
    void aDuplicateInsideOneBatchIsWrittenOnce() {
        List<Appended> appended = log.appendAndWait(List.of(to("orders", "a"), to("orders", "a"), to("orders", "b")));
        assertThat(appended)
                .containsExactly(
                        new Appended(new Position("orders", 0, 0), false),
                        new Appended(new Position("orders", 0, 0), true),
                        new Appended(new Position("orders", 0, 1), false));
    }

    @Test
    void theSameIdInAnotherStreamIsAnotherEvent() {
        append(to("orders", "a"));
        assertThat(append(to("parts", "a")).duplicate()).isFalse();
    }

    @Test
    void aBatchWithAnUnknownStreamLeavesNoTrace() {
        assertThatThrownBy(() -> log.appendAndWait(List.of(to("orders", "a"), to("ordres", "b"))))
                .isInstanceOf(EventProblem.UnknownStream.class)
                .satisfies(
                        problem -> assertThat(((EventProblem) problem).advice()).contains("'orders'"));
        assertThat(log.endOffset(ORDERS)).isZero();
        assertThat(log.find("orders", "a")).isEmpty();
    }

    @Test
    void anEmptyBatchCompletesWithNothing() {
        assertThat(log.appendAndWait(List.of())).isEmpty();
    }

    @Test
    void eventsOfOneSubjectShareAPartition() {
        List<Addressed> batch = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            batch.add(to("parts", "e" + i, "subject" + i % 5));
        }
        List<Appended> appended = log.appendAndWait(batch);
        for (int i = 0; i < 20; i++) {
            int partition = appended.get(i).position().partition();
            assertThat(partition).isEqualTo(appended.get(i % 5).position().partition());
            assertThat(partition).isEqualTo(Partitioner.partition("subject" + i % 5, 4));
        }
    }

    @Test
    void anEventIsFoundById() {
        append(to("parts", "a"));
        assertThat(log.find("parts", "a")).map(Stored::event).contains(event("a"));
        assertThat(log.find("parts", "b")).isEmpty();
        assertThat(log.find("orders", "a")).isEmpty();
    }

    @Test
    void creatingAStreamAgainChangesItsRetentionOnly() {
        log.create(new StreamConfig("orders", 1, Retention.ofAge(Duration.ofDays(1))));
        reopen();
        assertThat(log.stream("orders").config().retention()).isEqualTo(Retention.ofAge(Duration.ofDays(1)));
        assertThatThrownBy(() -> log.create(StreamConfig.of("orders", 2)))
                .isInstanceOf(EventProblem.StreamConflict.class)
                .hasMessage("Stream 'orders' has 1 partitions, not 2.");
    }

    @Test
    void readingPastTheEndOrOfAnUnknownPartitionIsRefused() {
        assertThat(log.read(new Position("orders", 0, 0), 5)).isEmpty();
        assertThatThrownBy(() -> log.read(new Position("orders", 0, 1), 5)).isInstanceOf(EventProblem.Malformed.class);
        assertThatThrownBy(() -> log.read(new Position("orders", 1, 0), 5))
                .isInstanceOf(EventProblem.UnknownStream.class)
                .hasMessageContaining("orders/1");
    }

    @Test
    void readReturnsAtMostMax() {
        log.appendAndWait(List.of(to("orders", "a"), to("orders", "b"), to("orders", "c")));
        assertThat(ids(log.read(new Position("orders", 0, 1), 1))).containsExactly("b");
        assertThat(ids(log.read(new Position("orders", 0, 1), 9))).containsExactly("b", "c");
    }

    @Test
    void offsetAtFindsTheFirstEventStoredAtOrAfterTheInstant() {
        append(to("orders", "a"));
        clock.advance(Duration.ofSeconds(10));
        long ten = Times.micros(clock.instant());
        append(to("orders", "b"));
        append(to("orders", "c"));
        assertThat(log.offsetAt(ORDERS, ten - 1)).isEqualTo(1);
        assertThat(log.offsetAt(ORDERS, ten)).isEqualTo(1);
        assertThat(log.offsetAt(ORDERS, 0)).isZero();
        assertThat(log.offsetAt(ORDERS, ten + 1)).isEqualTo(3);
    }

    @Test
    void aDeadLetterKeepsEventReasonAndOrigin() {
        append(to("parts", "a"));
        Stored stored = log.find("parts", "a").orElseThrow();
        Rejection why = new Rejection("missing-field", "Field 'x' is missing.");
        EventLog.await(log.deadLetter(stored, why));
        EventLog.await(log.deadLetter(stored, why));
        EventLog.await(log.deadLetter(to("parts", "refused"), why));
        List<DeadLetter> dead = log.deadLetters("parts", 0, 10);
        assertThat(dead)
                .containsExactly(
                        new DeadLetter(
                                new Position("parts.dead", 0, 0), Optional.of(stored.position()), why, event("a")),
                        new DeadLetter(new Position("parts.dead", 0, 1), Optional.empty(), why, event("refused")));
    }

    @Test
    void systemStreamsCannotBeMade() {
        assertThatThrownBy(() -> log.create(StreamConfig.of("orders.dead", 1)))
                .isInstanceOf(EventProblem.StreamConflict.class);
    }

    @Test
    void retentionByAgeDropsWhatWasStoredBefore() {
        log.create(new StreamConfig("orders", 1, Retention.ofAge(Duration.ofHours(1))));
        append(to("orders", "old"));
        clock.advance(Duration.ofMinutes(59));
        append(to("orders", "new"));
        clock.advance(Duration.ofMinutes(2));
        assertThat(log.retain(Times.micros(clock.instant()))).isEqualTo(1);
        assertThat(log.startOffset(ORDERS)).isEqualTo(1);
        assertThat(log.find("orders", "old")).isEmpty();
        assertThatThrownBy(() -> log.read(new Position("orders", 0, 0), 1))
                .isInstanceOf(EventProblem.Expired.class)
                .satisfies(
                        problem -> assertThat(((EventProblem) problem).advice()).contains("offset 1"));
        assertThat(ids(log.read(new Position("orders", 0, 1), 9))).containsExactly("new");
    }

    @Test
    void afterEverythingExpiredOffsetsAndSequencesGoOn() {
        log.create(new StreamConfig("orders", 1, Retention.ofAge(Duration.ofHours(1))));
        log.appendAndWait(List.of(to("orders", "a"), to("orders", "b")));
        long sequence = log.find("orders", "b").orElseThrow().sequence();
        clock.advance(Duration.ofHours(2));
        assertThat(log.retain(Times.micros(clock.instant()))).isEqualTo(2);
        reopen();
        assertThat(append(to("orders", "a"))).isEqualTo(new Appended(new Position("orders", 0, 2), false));
        assertThat(log.find("orders", "a").orElseThrow().sequence()).isGreaterThan(sequence);
        assertThat(log.startOffset(ORDERS)).isEqualTo(2);
    }

    @Test
    void retentionByBytesKeepsTheNewest() {
        for (int i = 0; i < 100; i++) {
            append(to("orders", "event-" + i));
        }
        log.create(new StreamConfig("orders", 1, Retention.ofBytes(1000)));
        long dropped = log.retain(Times.micros(clock.instant()));
        assertThat(dropped).isBetween(80L, 98L);
        assertThat(log.startOffset(ORDERS)).isEqualTo(dropped);
        assertThat(log.retain(Times.micros(clock.instant()))).isZero();
    }

    @Test
    void streamsAreListedWithTheirExtent() {
        append(to("orders", "a"));
        assertThat(log.streams())
                .extracting(StreamInfo::name)
                .containsExactly("orders", "orders.dead", "parts", "parts.dead");
        assertThat(log.stream("orders").partitions()).containsExactly(new StreamInfo.Extent(0, 1));
        assertThat(log.stream("orders").events()).isEqualTo(1);
    }

    @Test
    void concurrentAppendsOfTheSameIdsAreEachKeptOnce() {
        List<CompletableFuture<List<Appended>>> running = new ArrayList<>();
        for (int writer = 0; writer < 8; writer++) {
            for (int i = 0; i < 50; i++) {
                running.add(log.append(List.of(to("parts", "e" + i))));
            }
        }
        TreeMap<Position, Integer> fresh = new TreeMap<>(java.util.Comparator.comparing(Position::toString));
        for (CompletableFuture<List<Appended>> each : running) {
            Appended appended = each.join().getFirst();
            fresh.merge(appended.position(), appended.duplicate() ? 0 : 1, Integer::sum);
        }
        assertThat(fresh)
                .hasSize(50)
                .allSatisfy((position, firsts) -> assertThat(firsts).isOne());
        assertThat(log.stream("parts").events()).isEqualTo(50);
    }

    @Test
    void aClosedLogRefusesEverything() {
        log.close();
        assertThatThrownBy(() -> append(to("orders", "a"))).isInstanceOf(EventProblem.Closed.class);
        assertThatThrownBy(() -> log.read(new Position("orders", 0, 0), 1))
                .satisfies(problem -> assertThat(problem).isInstanceOf(EventProblem.class));
    }
}
