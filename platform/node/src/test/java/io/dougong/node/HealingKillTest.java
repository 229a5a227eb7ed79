package io.dougong.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} while a model is healed: the story goes on as if nothing had happened, and no step is done twice. */
class HealingKillTest {

    private static final int KILLS = 6;
    /** More than there are, so that every start reads the whole story again. */
    private static final int CHECKPOINT_EVENTS = 1_000_000;

    private static final int MOST_LINES = 12;

    @TempDir
    Path folder;

    static NodeSettings settings(Path home) {
        return Shop.settings(home).checkpointing(CHECKPOINT_EVENTS);
    }

    @Test
    void killsInBetweenGiveTheSameStory() throws Exception {
        List<String> whole;
        try (Node node = HealingLoopTest.started(settings(folder.resolve("whole")), HealingLoopTest.retrained())) {
            HealingLoopTest.append(node, HealingLoopTest.HISTORY, HealingLoopTest.END);
            whole = HealingLoopTest.story(node);
        }
        Path home = folder.resolve("killed");
        HealingLoopTest.started(settings(home), HealingLoopTest.retrained()).close();
        SplittableRandom random = new SplittableRandom(5);
        int next = HealingLoopTest.HISTORY;
        for (int kill = 0; kill < KILLS; kill++) {
            next = run(home, next, random.nextInt(1, MOST_LINES));
        }
        next = run(home, next, Integer.MAX_VALUE);
        assertThat(next).isEqualTo(Integer.MAX_VALUE);
        try (Node node = Node.open(settings(home))) {
            node.awaitDecided(Shop.NAME);
            assertThat(HealingLoopTest.story(node)).isEqualTo(whole).anyMatch(step -> step.contains("SHADOW"));
            assertThat(node.decisions(100_000))
                    .extracting(entry -> entry.decision().id())
                    .doesNotHaveDuplicates();
            assertThat(node.verifyFeatures(Shop.NAME).mismatches()).isZero();
            assertThat(node.verifyAudit().ok()).isTrue();
        }
    }

    /** Kills it after so many lines; how far it said to have come, {@link Integer#MAX_VALUE} for the end. */
    private static int run(Path home, int from, int lines) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HealedNode.class.getName(),
                        home.toString(),
                        Integer.toString(from))
                .redirectErrorStream(true)
                .start();
        int reached = from;
        try (BufferedReader said = process.inputReader()) {
            String line = said.readLine();
            for (int seen = 0; line != null && seen < lines; line = said.readLine()) {
                if (line.startsWith("at ")) {
                    reached = Integer.parseInt(line.substring("at ".length()));
                    seen++;
                } else if (line.equals("end")) {
                    reached = Integer.MAX_VALUE;
                }
            }
        }
        if (reached != Integer.MAX_VALUE) {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return reached;
    }
}
