package io.dougong.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process is killed while it logs, five times over: every batch that was acknowledged is there, whole. */
class TrackingKillTest {

    private static final int ROUNDS = 5;

    @TempDir
    Path folder = Path.of("");

    @Test
    void anAcknowledgedBatchIsThereAfterAKill() throws Exception {
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < ROUNDS; round++) {
            Map<String, Integer> acknowledged = logUntilKilled(round, 50 + random.nextInt(200));
            assertThat(acknowledged).isNotEmpty();
            try (Tracking tracking = Opened.in(folder)) {
                for (Map.Entry<String, Integer> entry : acknowledged.entrySet()) {
                    check(tracking.runs().get(entry.getKey()), round, entry.getValue());
                }
            }
        }
    }

    private static void check(Run run, int round, int last) {
        for (int i = 0; i <= last; i++) {
            assertThat(run.params()).containsKey(round + "-" + i);
        }
        assertThat(run.params()).hasSizeLessThanOrEqualTo(last + 2);
        int there = run.params().size() - 1;
        assertThat(run.tags()).containsEntry("last", round + "-" + there);
        assertThat(run.metrics())
                .hasSize(10)
                .allSatisfy(metric -> assertThat(metric.step()).isEqualTo(there));
    }

    /** The last batch of each run that was acknowledged. */
    private Map<String, Integer> logUntilKilled(int round, int batches) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledTracking.class.getName(),
                        folder.toString(),
                        Integer.toString(round))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Map<String, Integer> last = new HashMap<>();
        try (BufferedReader reader = process.inputReader()) {
            for (int i = 0; i < batches; i++) {
                String line = reader.readLine();
                assertThat(line).isNotNull();
                String[] parts = line.split("[ -]", -1);
                last.merge(parts[0], Integer.parseInt(parts[2]), Math::max);
            }
            process.destroyForcibly().waitFor();
        }
        return last;
    }
}
