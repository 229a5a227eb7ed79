package io.dougong.tracking;

import io.dougong.kernel.Ids;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** Tracking in a folder, with a clock that goes a millisecond further at every look. */
final class Opened {

    private Opened() {}

    static Tracking in(Path folder) {
        return in(folder, PlatformModels.NONE);
    }

    static Tracking in(Path folder, PlatformModels platform) {
        AtomicLong millis = new AtomicLong(1_700_000_000_000L);
        InstantSource clock = () -> Instant.ofEpochMilli(millis.incrementAndGet());
        return Tracking.open(folder, new Ids(clock, new Random(7)), clock, platform);
    }

    static String run(Tracking tracking, String experiment, long startMillis) {
        return tracking.runs()
                .create(new RunStart(experiment, null, null, "me", startMillis, Map.of()))
                .join()
                .info()
                .runId();
    }
}
