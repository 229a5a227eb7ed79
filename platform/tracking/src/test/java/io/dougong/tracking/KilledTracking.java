package io.dougong.tracking;

import io.dougong.kernel.Ids;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Logs batches from several threads until it is killed, and names each one that was acknowledged. */
final class KilledTracking {

    private static final int THREADS = 4;
    private static final int METRICS = 10;

    private KilledTracking() {}

    public static void main(String[] arguments) throws InterruptedException {
        Ids ids = new Ids(Clock.systemUTC(), new Random());
        Tracking tracking = Tracking.open(Path.of(arguments[0]), ids, Clock.systemUTC(), PlatformModels.NONE);
        String round = arguments[1];
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        for (int thread = 0; thread < THREADS; thread++) {
            String run = Opened.run(tracking, "0", 1);
            Thread.ofPlatform().start(() -> {
                for (int i = 0; ; i++) {
                    String key = round + "-" + i;
                    tracking.runs().log(run, batch(key, i)).join();
                    synchronized (out) {
                        out.println(run + " " + key);
                    }
                }
            });
        }
        Thread.currentThread().join();
    }

    static Batch batch(String key, int i) {
        List<Metric> metrics = IntStream.range(0, METRICS)
                .mapToObj(m -> Metric.of("m" + m, i, i, i))
                .toList();
        return new Batch(metrics, List.of(Map.entry(key, "1")), Map.of("last", key));
    }
}
