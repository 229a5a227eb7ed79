package io.dougong.events;

import static io.dougong.events.Events.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dougong.kernel.Offsets;
import io.dougong.kernel.Times;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What consumer groups of every event log do. */
public abstract class SubscriptionContract extends EventLogFixture {

    @Test
    void aSubscriptionMergesPartitionsInTheOrderOfArrival() {
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            String id = "e" + i;
            append(to(i % 3 == 0 ? "orders" : "parts", id));
            sent.add(id);
        }
        try (Subscription all = log.subscribe("readers", Set.of("orders", "parts"), Start.EARLIEST)) {
            List<Stored> polled = new ArrayList<>(all.poll(20, Duration.ZERO));
            polled.addAll(all.poll(100, Duration.ZERO));
            assertThat(ids(polled)).isEqualTo(sent);
            assertThat(polled).extracting(Stored::sequence).isSorted();
            assertThat(all.position()).isEqualTo(log.endOffsets(Set.of("orders", "parts")));
        }
    }

    @Test
    void aGroupGoesOnWhereItCommittedAlsoAfterReopening() {
        log.appendAndWait(List.of(to("orders", "a"), to("orders", "b"), to("orders", "c")));
        try (Subscription first = log.subscribe("readers", Set.of("orders"), Start.EARLIEST)) {
            first.poll(2, Duration.ZERO);
            first.commit(first.position());
            assertThat(ids(first.poll(5, Duration.ZERO))).containsExactly("c");
        }
        reopen();
        assertThat(log.committed("readers").of(ORDERS)).isEqualTo(2);
        try (Subscription again = log.subscribe("readers", Set.of("orders"), Start.EARLIEST)) {
            assertThat(ids(again.poll(5, Duration.ZERO))).containsExactly("c");
        }
        try (Subscription other = log.subscribe("others", Set.of("orders"), Start.EARLIEST)) {
            assertThat(ids(other.poll(5, Duration.ZERO))).containsExactly("a", "b", "c");
        }
    }

    @Test
    void aGroupMayStartAtTheEndAtOffsetsOrAtATime() {
        append(to("orders", "a"));
        clock.advance(Duration.ofSeconds(1));
        long second = Times.micros(clock.instant());
        append(to("orders", "b"));
        Subscription latest = log.subscribe("latest", Set.of("orders"), Start.LATEST);
        Subscription at = log.subscribe("at", Set.of("orders"), Start.at(Offsets.NONE.with(ORDERS, 1)));
        Subscription time = log.subscribe("time", Set.of("orders"), Start.atTime(second));
        append(to("orders", "c"));
        assertThat(ids(latest.poll(5, Duration.ZERO))).containsExactly("c");
        assertThat(ids(at.poll(5, Duration.ZERO))).containsExactly("b", "c");
        assertThat(ids(time.poll(5, Duration.ZERO))).containsExactly("b", "c");
        List.of(latest, at, time).forEach(Subscription::close);
    }

    @Test
    void aWaitingPollWakesWhenAnEventArrives() {
        try (Subscription waiting = log.subscribe("readers", Set.of("orders"), Start.EARLIEST)) {
            CompletableFuture<List<Stored>> polled = CompletableFuture.supplyAsync(
                    () -> waiting.poll(5, Duration.ofMinutes(5)),
                    task -> Thread.ofPlatform().start(task));
            append(to("orders", "a"));
            assertThat(ids(polled.join())).containsExactly("a");
        }
    }

    @Test
    void membersOfAGroupShareThePartitionsAndTakeOverWhenOneCloses() {
        for (int i = 0; i < 40; i++) {
            append(to("parts", "e" + i));
        }
        Subscription one = log.subscribe("readers", Set.of("parts"), Start.EARLIEST);
        Subscription two = log.subscribe("readers", Set.of("parts"), Start.EARLIEST);
        List<String> seen = new ArrayList<>();
        seen.addAll(ids(one.poll(100, Duration.ZERO)));
        int ofOne = seen.size();
        seen.addAll(ids(two.poll(100, Duration.ZERO)));
        assertThat(one.position().next()).hasSize(2);
        assertThat(two.position().next()).hasSize(2);
        assertThat(seen).hasSize(40).doesNotHaveDuplicates();
        two.commit(two.position());
        one.close();
        assertThat(two.poll(100, Duration.ZERO)).hasSize(ofOne);
        assertThat(two.position()).isEqualTo(log.endOffsets(Set.of("parts")));
        two.close();
    }

    @Test
    void aMemberThatJoinsTakesOverFromTheCommittedOffsets() {
        for (int i = 0; i < 40; i++) {
            append(to("parts", "e" + i));
        }
        Subscription one = log.subscribe("readers", Set.of("parts"), Start.EARLIEST);
        List<String> done = new ArrayList<>(ids(one.poll(25, Duration.ZERO)));
        one.commit(one.position());
        Offsets held = one.position();
        Subscription two = log.subscribe("readers", Set.of("parts"), Start.EARLIEST);
        assertThat(two.poll(100, Duration.ZERO)).isEmpty();
        done.addAll(ids(one.poll(100, Duration.ZERO)));
        done.addAll(ids(two.poll(100, Duration.ZERO)));
        assertThat(done).hasSize(40).doesNotHaveDuplicates();
        assertThatThrownBy(() -> one.commit(held)).isInstanceOf(EventProblem.PartitionMoved.class);
        one.close();
        two.close();
    }

    @Test
    void committingPastTheEndIsRefused() {
        try (Subscription reader = log.subscribe("readers", Set.of("orders"), Start.EARLIEST)) {
            reader.poll(1, Duration.ZERO);
            assertThatThrownBy(() -> reader.commit(Offsets.NONE.with(ORDERS, 7)))
                    .isInstanceOf(EventProblem.Malformed.class);
        }
    }

    @Test
    void aClosedSubscriptionIsRefused() {
        Subscription reader = log.subscribe("readers", Set.of("orders"), Start.EARLIEST);
        reader.close();
        assertThatThrownBy(() -> reader.poll(1, Duration.ZERO)).isInstanceOf(EventProblem.Closed.class);
    }

    @Test
    void aSubscriberWhoseEventsExpiredGoesOnAndCountsThem() {
        log.create(new StreamConfig("orders", 1, Retention.ofAge(Duration.ofHours(1))));
        append(to("orders", "a"));
        try (Subscription reader = log.subscribe("readers", Set.of("orders"), Start.EARLIEST)) {
            clock.advance(Duration.ofHours(2));
            append(to("orders", "b"));
            log.retain(Times.micros(clock.instant()));
            assertThat(ids(reader.poll(5, Duration.ZERO))).containsExactly("b");
            assertThat(reader.expired()).isEqualTo(1);
        }
    }
}
