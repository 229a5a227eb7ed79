package io.dougong.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.dougong.kernel.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ConcurrentReadTest {

    private static final int EVENTS = 20_000;
    private static final int READERS = 3;
    private static final int KEPT_READS = 200;

    @Test
    void everyReaderSeesExactlyTheEventsItReports() throws Exception {
        List<FeatureEvent> events = Scene.events(new Random(7), EVENTS);
        FeatureOperator operator = new FeatureOperator(Scene.DEFINITIONS);
        AtomicBoolean done = new AtomicBoolean();
        AtomicLong newest = new AtomicLong(events.getFirst().timeMicros());
        List<Recorded> records = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(READERS)) {
            List<Future<List<Recorded>>> readers = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                readers.add(threads.submit(reader(operator, new Random(i), newest, done)));
            }
            for (FeatureEvent event : events) {
                newest.accumulateAndGet(event.timeMicros(), Math::max);
                Scene.feed(operator, List.of(event));
            }
            done.set(true);
            for (Future<List<Recorded>> reader : readers) {
                records.addAll(reader.get());
            }
        }
        VerifyReport report = Verification.verify(
                Scene.QUERY,
                records.iterator(),
                partition -> events.stream()
                        .filter(event -> event.partition() == partition.partition())
                        .iterator());
        assertThat(report).isEqualTo(new VerifyReport(records.size(), 0, 0, List.of()));
        assertThat(records).hasSizeGreaterThan(READERS * KEPT_READS / 2);
        assertThat(records.stream().map(Recorded::read).distinct()).hasSizeGreaterThan(READERS);
    }

    /** Asks two minutes after the newest event, so that every event matters at once. Reads all the time; keeps a sample, ever thinner, so that it spans the whole run. */
    private static Callable<List<Recorded>> reader(
            FeatureOperator operator, Random random, AtomicLong newest, AtomicBoolean done) {
        return () -> {
            List<Recorded> kept = new ArrayList<>();
            for (int i = 0; !done.get() || i < KEPT_READS; i++) {
                Row asking = Scene.row(random);
                long at = newest.get() + 2 * Scene.MINUTE;
                FeatureVector vector = operator.read(Scene.QUERY, asking, at);
                Recorded record = new Recorded("read", vector.offsets(), asking, at, boxed(vector.values()));
                if (kept.size() < KEPT_READS) {
                    kept.add(record);
                } else if (random.nextInt(i + 1) < KEPT_READS) {
                    kept.set(random.nextInt(KEPT_READS), record);
                }
            }
            return kept;
        };
    }

    private static List<Double> boxed(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
