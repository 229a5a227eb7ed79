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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * Appends beside raw RocksDB puts of as many bytes, both synced before they answer. The log does more for each event: it looks the id up,
 * writes it to an index, numbers, checks and frames the record. Arguments: folder, seconds for each figure.
 */
public final class LogAppendBenchmark {

    private static final int PAYLOAD_BYTES = 300;
    private static final int BATCH = 100;
    private static final int MAX_SAMPLES = 2_000_000;

    private final Path folder;
    private final double seconds;

    private LogAppendBenchmark(Path folder, double seconds) {
        this.folder = folder;
        this.seconds = seconds;
    }

    public static void main(String[] arguments) throws IOException, RocksDBException {
        Path folder = Path.of(arguments[0], "bench-" + ProcessHandle.current().pid());
        LogAppendBenchmark benchmark = new LogAppendBenchmark(folder, Double.parseDouble(arguments[1]));
        for (int repeat = 0; repeat < 2; repeat++) {
            benchmark.log(repeat);
            benchmark.raw(repeat);
        }
    }

    private void log(int repeat) {
        Path place = folder.resolve("log" + repeat);
        try (EmbeddedEventLog log = EmbeddedEventLog.open(place, EmbeddedSettings.DEFAULT, InstantSource.system())) {
            log.create(StreamConfig.of("orders", 1));
            measure("log   1 caller,  single ", 1, 1, i -> log.appendAndWait(events(i, 1)));
            measure("log  64 callers, single ", 64, 1, i -> log.appendAndWait(events(i, 1)));
            measure("log   1 caller,  batches", 1, BATCH, i -> log.appendAndWait(events(i, BATCH)));
            measure("log   8 callers, batches", 8, BATCH, i -> log.appendAndWait(events(i, BATCH)));
        }
    }

    private void raw(int repeat) throws IOException, RocksDBException {
        Path place = Files.createDirectories(folder.resolve("raw" + repeat));
        try (Options options = new Options().setCreateIfMissing(true);
                WriteOptions synced = new WriteOptions().setSync(true);
                RocksDB database = RocksDB.open(options, place.toString())) {
            measure("raw   1 caller,  single ", 1, 1, i -> put(database, synced, i, 1));
            measure("raw  64 callers, single ", 64, 1, i -> put(database, synced, i, 1));
            measure("raw   1 caller,  batches", 1, BATCH, i -> put(database, synced, i, BATCH));
            measure("raw   8 callers, batches", 8, BATCH, i -> put(database, synced, i, BATCH));
        }
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

    private void measure(String name, int callers, int perCall, IntConsumer call) {
        long[] nanos = new long[MAX_SAMPLES];
        AtomicInteger samples = new AtomicInteger();
        long begin = System.nanoTime();
        long end = begin + (long) (seconds * 1e9);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                for (long now = System.nanoTime(); now < end; ) {
                    call.accept(next.getAndIncrement());
                    long after = System.nanoTime();
                    nanos[samples.getAndIncrement()] = after - now;
                    now = after;
                }
            }));
        }
        threads.forEach(LogAppendBenchmark::join);
        report(name, Arrays.copyOf(nanos, samples.get()), perCall, (System.nanoTime() - begin) / 1e9);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void report(String name, long[] nanos, int perCall, double elapsed) {
        Arrays.sort(nanos);
        System.out.printf(
                "%s %,10.0f events/s   p50 %7.3f ms   p99 %7.3f ms%n",
                name,
                nanos.length * perCall / elapsed,
                nanos[nanos.length / 2] / 1e6,
                nanos[(int) (nanos.length * 0.99)] / 1e6);
    }
}
