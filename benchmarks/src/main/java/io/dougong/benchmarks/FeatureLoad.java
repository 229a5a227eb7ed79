package io.dougong.benchmarks;

import io.dougong.features.Derivation;
import io.dougong.features.FeatureDefinitions;
import io.dougong.features.FeatureInfo;
import io.dougong.features.FeatureQuery;
import io.dougong.features.FeatureStream;
import io.dougong.features.embedded.EmbeddedFeatureStore;
import io.dougong.kernel.Field;
import io.dougong.kernel.Row;
import io.dougong.kernel.Schema;
import io.dougong.manifest.Application;
import io.dougong.manifest.ApplicationStream;
import io.dougong.manifest.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Synthetic flights through the demo's windows and one view more, one thread: events per second of its processor time (rows are made
 * before), then reads of 50 features. Arguments: airports, events.
 */
public final class FeatureLoad {

    private static final int BLOCK = 10_000;
    private static final int READS = 200_000;
    private static final int FEATURES = 50;
    private static final long START_MICROS = 1_000_000_000_000_000L;
    private static final long BETWEEN_MICROS = 5_000_000L;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final EmbeddedFeatureStore store;
    private final Map<String, Derivation> derivations = new HashMap<>();
    private final SplittableRandom random = new SplittableRandom(7);
    private final int airports;
    private long next;

    private FeatureLoad(EmbeddedFeatureStore store, Application application, int airports) {
        this.store = store;
        this.airports = airports;
        Map<String, FeatureStream> streams = new HashMap<>();
        for (ApplicationStream stream : application.streams()) {
            Derivation derivation = Derivation.compile(stream.definition().schema(), stream.derived());
            derivations.put(stream.name(), derivation);
            streams.put(
                    stream.name(),
                    new FeatureStream(derivation, stream.definition().lateness()));
        }
        store.define(FeatureDefinitions.of(application.features(), streams));
    }

    public static void main(String[] arguments) throws IOException {
        int airports = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 30;
        int events = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2_000_000;
        try (EmbeddedFeatureStore store = EmbeddedFeatureStore.open(Files.createTempDirectory("feature-load"))) {
            FeatureLoad load = new FeatureLoad(store, Manifest.read(windows()), airports);
            load.apply("warm-up", events / 4);
            load.apply("applied", events);
            load.read("warm-up");
            load.read("50 features read");
        }
    }

    private static byte[] windows() throws IOException {
        try (InputStream yaml = FeatureLoad.class.getResourceAsStream("windows.yaml")) {
            if (yaml == null) {
                throw new IllegalStateException("windows.yaml is missing");
            }
            return yaml.readAllBytes();
        }
    }

    private void apply(String what, int events) {
        Row[] rows = new Row[BLOCK];
        long nanos = 0;
        for (int block = 0; block < events / BLOCK; block++) {
            for (int i = 0; i < BLOCK; i++) {
                rows[i] = row(stream(next + i), next + i);
            }
            long before = THREADS.getCurrentThreadCpuTime();
            for (Row row : rows) {
                store.apply(stream(next), 0, next / 2, micros(next), row);
                next++;
            }
            nanos += THREADS.getCurrentThreadCpuTime() - before;
        }
        System.out.printf(
                Locale.ROOT, "%s, %d airports: %,.0f events/s of one core%n", what, airports, events * 1e9 / nanos);
    }

    private void read(String what) {
        List<String> names =
                store.features().stream().map(FeatureInfo::name).limit(FEATURES).toList();
        Schema asking = derivation("departures").output();
        FeatureQuery query = store.definitions().query(names, asking);
        Latencies latencies = new Latencies(READS);
        long start = System.nanoTime();
        double sum = 0;
        for (int i = 0; i < READS; i++) {
            Row row = row("departures", next);
            long before = System.nanoTime();
            sum += store.read(query, row, micros(next)).value(0);
            latencies.add(System.nanoTime() - before);
        }
        System.out.println(what + ": " + latencies.report((System.nanoTime() - start) / 1e9) + "  sum " + sum);
    }

    private Derivation derivation(String stream) {
        Derivation found = derivations.get(stream);
        if (found == null) {
            throw new IllegalStateException("no stream " + stream);
        }
        return found;
    }

    private static String stream(long i) {
        return i % 2 == 0 ? "departures" : "arrivals";
    }

    private static long micros(long i) {
        return START_MICROS + i * BETWEEN_MICROS;
    }

    private Row row(String stream, long i) {
        Derivation derivation = derivation(stream);
        Schema schema = derivation.input();
        @Nullable Object[] values = new @Nullable Object[schema.size()];
        for (int place = 0; place < values.length; place++) {
            values[place] = value(schema.field(place), i);
        }
        return derivation.apply(Row.of(schema, values));
    }

    private Object value(Field field, long i) {
        return switch (field.name()) {
            case "id" -> "F" + i;
            case "departure", "known" -> micros(i);
            case "origin", "destination" -> "A" + random.nextInt(airports);
            case "distance" -> 100L + random.nextInt(2_000);
            case "delay" -> random.nextInt(120) - 30L;
            case "local_weekday" -> 1L + random.nextInt(7);
            default -> (long) random.nextInt(1_440);
        };
    }
}
