package io.dougong.benchmarks;

import io.dougong.kernel.Ids;
import io.dougong.tracking.Batch;
import io.dougong.tracking.Metric;
import io.dougong.tracking.PlatformModels;
import io.dougong.tracking.RunStart;
import io.dougong.tracking.Tracking;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/**
 * Fills a home folder with runs of one experiment, 20 metrics, 3 parameters and 1 tag each, for {@link TrackingLoad}. The peer gets the
 * same ones by {@code peers/mlflow_fill.py}. Arguments: home folder, how many runs.
 */
public final class TrackingFill {

    private static final int METRICS = 20;
    private static final int TOGETHER = 500;
    private static final long START_MILLIS = 1_700_000_000_000L;

    private TrackingFill() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]).resolve("tracking"));
        int runs = Integer.parseInt(arguments[1]);
        SplittableRandom random = new SplittableRandom(1);
        long begun = System.nanoTime();
        try (Tracking tracking = Tracking.open(
                folder,
                new Ids(Clock.systemUTC(), RandomGenerator.getDefault()),
                Clock.systemUTC(),
                PlatformModels.NONE)) {
            String experiment =
                    tracking.experiments().create("load", null, Map.of()).join();
            for (int i = 0; i < runs; i += TOGETHER) {
                some(tracking, experiment, i, Math.min(runs, i + TOGETHER), random);
            }
            System.out.printf(
                    "%,d runs in %.1f s, experiment %s%n", runs, (System.nanoTime() - begun) / 1e9, experiment);
        }
    }

    private static void some(Tracking tracking, String experiment, int from, int to, SplittableRandom random) {
        List<CompletableFuture<Void>> logged = new ArrayList<>();
        for (int i = from; i < to; i++) {
            RunStart start = new RunStart(
                    experiment, null, "run-" + i, "load", START_MILLIS + i * 1000L, Map.of("team", "t" + i % 7));
            Batch batch = new Batch(
                    metrics(i, random),
                    List.of(
                            Map.entry("depth", Integer.toString(i % 10)),
                            Map.entry("rate", Double.toString((i % 100) / 1000.0)),
                            Map.entry("seed", Integer.toString(i))),
                    Map.of());
            logged.add(tracking.runs()
                    .create(start)
                    .thenCompose(run -> tracking.runs().log(run.info().runId(), batch)));
        }
        logged.forEach(CompletableFuture::join);
    }

    private static List<Metric> metrics(int run, SplittableRandom random) {
        List<Metric> metrics = new ArrayList<>(METRICS);
        for (int m = 0; m < METRICS; m++) {
            metrics.add(Metric.of("m" + m, random.nextDouble(), START_MILLIS + run * 1000L, 0));
        }
        return metrics;
    }
}
