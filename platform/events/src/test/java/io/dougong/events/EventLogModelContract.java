package io.dougong.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.dougong.kernel.Offsets;
import io.dougong.kernel.StreamPartition;
import io.dougong.kernel.Times;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any interleaving of appends, duplicates, reads, polls, commits, retention and reopening behaves as the reference does. */
public abstract class EventLogModelContract {

    private static final Map<String, Integer> STREAMS = Map.of("one", 1, "many", 3);
    private static final Set<String> NAMES = STREAMS.keySet();
    private static final Duration MAX_AGE = Duration.ofMinutes(10);
    private static final int IDS = 30;

    private sealed interface Step {}

    private record Append(List<Integer> ids) implements Step {}

    private record Poll(int max) implements Step {}

    private record Read(int partition, int max) implements Step {}

    private record Pass(int minutes) implements Step {}

    private enum Simple implements Step {
        COMMIT,
        RESUBSCRIBE,
        REOPEN,
        RETAIN
    }

    /** Opens the log in this folder. */
    protected abstract EventLog open(Path folder, ManualClock clock);

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Step> append = Arbitraries.integers()
                .between(0, 2 * IDS - 1)
                .list()
                .ofMaxSize(6)
                .map(Append::new);
        Arbitrary<Step> poll = Arbitraries.integers().between(1, 9).map(Poll::new);
        Arbitrary<Step> read = Combinators.combine(
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(1, 9))
                .as(Read::new);
        Arbitrary<Step> pass = Arbitraries.integers().between(1, 6).map(Pass::new);
        Arbitrary<Step> simple = Arbitraries.of(Simple.class).map(each -> each);
        return Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(6, append),
                        net.jqwik.api.Tuple.of(4, poll),
                        net.jqwik.api.Tuple.of(2, read),
                        net.jqwik.api.Tuple.of(2, pass),
                        net.jqwik.api.Tuple.of(3, simple))
                .list()
                .ofMinSize(10)
                .ofMaxSize(40);
    }

    @Property(tries = 40)
    void anyInterleavingBehavesAsTheReference(@ForAll("steps") List<Step> steps) {
        Path folder = temporary();
        try (Run run = new Run(folder)) {
            steps.forEach(run::take);
            run.checkEverything();
        }
        delete(folder);
    }

    /** One log beside its reference. */
    private final class Run implements AutoCloseable {

        private final Path folder;
        private final ManualClock clock = new ManualClock();
        private final ReferenceLog reference = new ReferenceLog(STREAMS);
        private EventLog log;
        private Subscription subscription;
        private Offsets position = Offsets.NONE;
        private Offsets committed = Offsets.NONE;

        Run(Path folder) {
            this.folder = folder;
            this.log = open(folder, clock);
            STREAMS.forEach(
                    (name, partitions) -> log.create(new StreamConfig(name, partitions, Retention.ofAge(MAX_AGE))));
            this.subscription = log.subscribe("group", NAMES, Start.EARLIEST);
        }

        void take(Step step) {
            switch (step) {
                case Append append -> append(append.ids());
                case Poll poll -> poll(poll.max());
                case Read read -> read(new StreamPartition("many", read.partition()), read.max());
                case Pass pass -> clock.advance(Duration.ofMinutes(pass.minutes()));
                case Simple simple -> simple(simple);
            }
        }

        private void simple(Simple step) {
            switch (step) {
                case COMMIT -> commit();
                case RESUBSCRIBE -> resubscribe();
                case REOPEN -> reopen();
                case RETAIN -> retain();
            }
        }

        private void append(List<Integer> ids) {
            List<Addressed> batch = new ArrayList<>();
            ids.forEach(id -> batch.add(Events.to(id % 2 == 0 ? "one" : "many", "e" + id / 2, "s" + id % 7)));
            assertThat(log.appendAndWait(batch)).isEqualTo(reference.append(batch, Times.micros(clock.instant())));
        }

        private void poll(int max) {
            List<Stored> polled = subscription.poll(max, Duration.ZERO);
            assertThat(polled).isEqualTo(reference.poll(position, NAMES, max));
            for (Stored stored : polled) {
                position = position.with(
                        stored.position().streamPartition(), stored.position().offset() + 1);
            }
        }

        private void read(StreamPartition partition, int max) {
            long from = Math.max(reference.start(partition), reference.end(partition) / 2);
            assertThat(log.read(Position.of(partition, from), max)).isEqualTo(reference.read(partition, from, max));
        }

        private void commit() {
            subscription.commit(position);
            committed = position;
        }

        private void resubscribe() {
            subscription.close();
            subscription = log.subscribe("group", NAMES, Start.at(Offsets.NONE));
            position = committed;
        }

        private void reopen() {
            log.close();
            log = open(folder, clock);
            resubscribe();
        }

        /** Members may have read ahead of the sweep, so that the comparison begins afresh after it. */
        private void retain() {
            reference.dropBefore(Times.micros(clock.instant().minus(MAX_AGE)));
            log.retain(Times.micros(clock.instant()));
            resubscribe();
        }

        void checkEverything() {
            STREAMS.forEach((name, partitions) -> {
                for (int i = 0; i < partitions; i++) {
                    checkPartition(new StreamPartition(name, i));
                }
                for (int id = 0; id < IDS; id++) {
                    Optional<ReferenceLog.Entry> expected = reference.find(name, "e" + id);
                    assertThat(log.find(name, "e" + id).map(Stored::position))
                            .isEqualTo(expected.map(ReferenceLog.Entry::position));
                }
            });
            assertThat(log.committed("group")).isEqualTo(committed);
        }

        private void checkPartition(StreamPartition partition) {
            long start = reference.start(partition);
            assertThat(log.startOffset(partition)).isEqualTo(start);
            assertThat(log.endOffset(partition)).isEqualTo(reference.end(partition));
            assertThat(log.read(Position.of(partition, start), 1000)).isEqualTo(reference.read(partition, start, 1000));
        }

        @Override
        public void close() {
            log.close();
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("log-model");
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
