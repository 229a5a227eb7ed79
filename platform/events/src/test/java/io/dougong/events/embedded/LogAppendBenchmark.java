package io.dougong.events.embedded;

import io.dougong.events.Addressed;
import io.dougong.events.Event;
import io.dougong.events.Events;
import io.dougong.events.StreamConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * Appends beside raw RocksDB puts of as many bytes, both synced before they answer. The log does more for each event: it looks the id up,
 * writes it to an index, numbers, checks and frames the record. Arguments: folder, seconds of each turn.
 */
public final class LogAppendBenchmark {

    private static final int PAYLOAD_BYTES = 300;
    private static final int BATCH = 100;
    private static final int TURNS = 8;
    private static final int MAX_SAMPLES = 1_000_000;

    private final Path folder;
    private final double seconds;

    private LogAppendBenchmark(Path folder, double seconds) {
        this.folder = folder;
        this.seconds = seconds;
    }

    public static void main(String[] arguments) throws IOException, RocksDBException {
        Path folder = Path.of(arguments[0], "bench-" + ProcessHandle.current().pid());
        new LogAppendBenchmark(folder, Double.parseDouble(arguments[1])).run();
    }

    private void run() throws IOException, RocksDBException {
        Path raw = Files.createDirectories(folder.resolve("raw"));
        try (EmbeddedEventLog log =
                        EmbeddedEventLog.open(folder.resolve("log"), EmbeddedSettings.DEFAULT, InstantSource.system());
                Options options = new Options().setCreateIfMissing(true);
                WriteOptions synced = new WriteOptions().setSync(true);
                RocksDB database = RocksDB.open(options, raw.toString())) {
            log.create(StreamConfig.of("orders", 1));
            for (int[] shape : new int[][] {{1, 1}, {64, 1}, {1, BATCH}, {8, BATCH}}) {
                compare(
                        shape[0],
                        shape[1],
                        i -> log.appendAndWait(events(i, shape[1])),
                        i -> put(database, synced, i, shape[1]));
            }
        }
    }

    /** In turns, so that both meet the same noise; the first turn of each warms up. */
    private void compare(int callers, int perCall, IntConsumer log, IntConsumer raw) {
        Samples ofLog = new Samples();
        Samples ofRaw = new Samples();
        measure(callers, log, new Samples());
        measure(callers, raw, new Samples());
        for (int turn = 0; turn < TURNS; turn++) {
            measure(callers, log, ofLog);
            measure(callers, raw, ofRaw);
        }
        String shape = callers + " callers, batches of " + perCall;
        System.out.println("log " + ofLog.report(perCall, seconds * TURNS) + "   " + shape);
        System.out.println("raw " + ofRaw.report(perCall, seconds * TURNS) + "   " + shape);
    }

    private final AtomicInteger next = new AtomicInteger();

    private static byte[] payload() {
        return Events.json("{\"text\":\"" + "x".repeat(PAYLOAD_BYTES) + "\"}");
    }

    private static List<Addressed> events(int number, int count) {
        List<Addressed> events = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String id = "event-" + number + "-" + i;
            events.add(new Addressed("orders", Event.of(id, "/bench", "ordered", "s" + i, number, payload())));
        }
        return events;
    }

    private static void put(RocksDB database, WriteOptions synced, int number, int count) {
        try (WriteBatch batch = new WriteBatch()) {
            for (int i = 0; i < count; i++) {
                batch.put(Keys.record(1, i, number), payload());
            }
            database.write(synced, batch);
        } catch (RocksDBException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void measure(int callers, IntConsumer call, Samples samples) {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                for (long now = System.nanoTime(); now < end; ) {
                    call.accept(next.getAndIncrement());
                    long after = System.nanoTime();
                    samples.add(after - now);
                    now = after;
                }
            }));
        }
        threads.forEach(LogAppendBenchmark::join);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Samples {

        private final long[] nanos = new long[MAX_SAMPLES];
        private final AtomicInteger count = new AtomicInteger();

        void add(long sample) {
            nanos[count.getAndIncrement()] = sample;
        }

        String report(int perCall, double elapsedSeconds) {
            int taken = count.get();
            Arrays.sort(nanos, 0, taken);
            return String.format(
                    Locale.ROOT,
                    "%,10.0f events/s   p50 %7.3f ms   p99 %7.3f ms",
                    taken * perCall / elapsedSeconds,
                    nanos[taken / 2] / 1e6,
                    nanos[(int) (taken * 0.99)] / 1e6);
        }
    }
}
