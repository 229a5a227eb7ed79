package io.dougong.features.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.dougong.features.FeatureEvent;
import io.dougong.features.FeatureStore;
import io.dougong.features.MemoryFeatureStore;
import io.dougong.features.Scene;
import io.dougong.kernel.Offsets;
import io.dougong.kernel.Row;
import io.dougong.kernel.StreamPartition;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process is killed while it checkpoints over and over; what is stored must be one whole checkpoint each time. */
class CheckpointKillTest {

    private static final int ROUNDS = 10;
    private static final int EVENTS = 30_000;
    private static final int EVENTS_PER_CHECKPOINT = 50;
    private static final long SEED = 11;

    @Test
    void afterKillingItTheStateIsThatOfTheOffsetsItTells(@TempDir Path folder) throws Exception {
        List<FeatureEvent> events = Scene.events(new Random(SEED), EVENTS);
        Random random = new Random(5);
        Offsets last = Offsets.NONE;
        for (int round = 0; round < ROUNDS; round++) {
            killAfter(folder, 1 + random.nextInt(12));
            try (FeatureStore store = EmbeddedFeatureStore.open(folder)) {
                store.define(Scene.DEFINITIONS);
                Offsets applied = store.applied();
                assertThat(applied.covers(last)).isTrue();
                assertThat(applied).isNotEqualTo(last);
                assertSame(store, Scene.upTo(events, applied), random);
                last = applied;
            }
        }
    }

    private static void assertSame(FeatureStore store, List<FeatureEvent> seen, Random random) {
        FeatureStore whole = new MemoryFeatureStore();
        whole.define(Scene.DEFINITIONS);
        seen.forEach(event -> feed(whole, event));
        for (int i = 0; i < 10; i++) {
            Row asking = Scene.row(random);
            long at = Scene.newest(seen) + random.nextLong(60 * Scene.MINUTE);
            assertThat(store.read(Scene.QUERY, asking, at).values())
                    .isEqualTo(whole.read(Scene.QUERY, asking, at).values());
        }
    }

    /** Starts the child and kills it once it has told of so many checkpoints; it is in the midst of the next. */
    private static void killAfter(Path folder, int checkpoints) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader told = child.inputReader(StandardCharsets.UTF_8)) {
            for (int i = 0; i < checkpoints; i++) {
                assertThat(told.readLine()).isEqualTo("checkpoint");
            }
            child.destroyForcibly();
        }
        assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    private static void feed(FeatureStore store, FeatureEvent event) {
        store.apply(event.stream(), event.partition(), event.offset(), event.timeMicros(), event.row());
    }

    /** Feeds the events and checkpoints after every few. */
    static final class Child {

        private Child() {}

        public static void main(String[] arguments) {
            List<FeatureEvent> events = Scene.events(new Random(SEED), EVENTS);
            try (FeatureStore store = EmbeddedFeatureStore.open(Path.of(arguments[0]))) {
                store.define(Scene.DEFINITIONS);
                int fed = 0;
                for (FeatureEvent event : events) {
                    boolean fresh =
                            event.offset() >= store.applied().of(new StreamPartition("sales", event.partition()));
                    feed(store, event);
                    if (fresh && ++fed % EVENTS_PER_CHECKPOINT == 0) {
                        store.checkpoint();
                        System.out.println("checkpoint");
                    }
                }
            }
        }
    }
}
