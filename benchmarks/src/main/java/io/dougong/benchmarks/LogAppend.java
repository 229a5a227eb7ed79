package io.dougong.benchmarks;

import io.dougong.events.Addressed;
import io.dougong.events.Event;
import io.dougong.events.StreamConfig;
import io.dougong.events.embedded.EmbeddedEventLog;
import io.dougong.events.embedded.EmbeddedSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
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
 * writes it to an index, numbers, checks and frames the record. Argument: seconds of each turn.
 */
public final class LogAppend {

    private static final int PAYLOAD_BYTES = 300;
    private static final int BATCH = 100;
    private static final int TURNS = 8;
    private static final int MAX_SAMPLES = 1_000_000;

    private final Path folder;
    private final double seconds;

    private LogAppend(Path folder, double seconds) {
        this.folder = folder;
        this.seconds = seconds;
    }

    public static void main(String[] arguments) throws IOException, RocksDBException {
        double seconds = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 1;
        new LogAppend(Files.createTempDirectory("log-append"), seconds).run();
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
        Latencies ofLog = new Latencies(MAX_SAMPLES);
        Latencies ofRaw = new Latencies(MAX_SAMPLES);
        measure(callers, log, new Latencies(MAX_SAMPLES));
        measure(callers, raw, new Latencies(MAX_SAMPLES));
        for (int turn = 0; turn < TURNS; turn++) {
            measure(callers, log, ofLog);
            measure(callers, raw, ofRaw);
        }
        String shape = callers + " callers, batches of " + perCall;
        System.out.println("log " + ofLog.report(seconds * TURNS / perCall) + "   " + shape);
        System.out.println("raw " + ofRaw.report(seconds * TURNS / perCall) + "   " + shape);
    }

    private final AtomicInteger next = new AtomicInteger();

    private static byte[] payload() {
        return ("{\"text\":\"" + "x".repeat(PAYLOAD_BYTES) + "\"}").getBytes(StandardCharsets.UTF_8);
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
                batch.put(key(i, number), payload());
            }
            database.write(synced, batch);
        } catch (RocksDBException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static byte[] key(int partition, int number) {
        return ByteBuffer.allocate(16)
                .putInt(1)
                .putInt(partition)
                .putLong(number)
                .array();
    }

    private void measure(int callers, IntConsumer call, Latencies samples) {
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
        threads.forEach(LogAppend::join);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
