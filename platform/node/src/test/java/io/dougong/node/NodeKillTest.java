package io.dougong.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.dougong.decisions.DecisionLog;
import io.dougong.kernel.StreamPartition;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of a real process at random points: everything acknowledged is there afterwards, nothing twice. */
class NodeKillTest {

    private static final int HISTORY = 1_200;

    @TempDir
    Path home;

    @Test
    void acknowledgedEventsAndDecisionsSurviveTenKills() throws Exception {
        killed(10);
    }

    @Test
    @Tag("soak")
    void acknowledgedEventsAndDecisionsSurviveTwoHundredKills() throws Exception {
        killed(200);
    }

    private void killed(int rounds) throws Exception {
        try (Node node = Node.open(Shop.settings(home))) {
            Shop.open(node, HISTORY);
        }
        SplittableRandom random = new SplittableRandom(11);
        int next = HISTORY;
        Set<String> decided = new HashSet<>();
        for (int round = 0; round < rounds; round++) {
            List<String> said = runAndKill(next, random.nextInt(1, 60));
            for (String line : said) {
                if (line.startsWith("event ")) {
                    next = Integer.parseInt(line.substring("event ".length())) + 1;
                } else if (line.startsWith("decision ")) {
                    decided.add(line.substring("decision ".length()));
                }
            }
        }
        verify(next, decided);
    }

    /** Lets the program say so many lines after it is ready, then kills it at once. */
    private List<String> runAndKill(int next, int lines) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledNode.class.getName(),
                        home.toString(),
                        Integer.toString(next))
                .redirectErrorStream(true)
                .start();
        List<String> said = new ArrayList<>();
        try (BufferedReader reader = process.inputReader()) {
            String line = reader.readLine();
            while (line != null && said.stream().filter(KilledNodeLine::counts).count() < lines) {
                said.add(line);
                line = reader.readLine();
            }
        }
        boolean stopped = process.destroyForcibly().waitFor(30, java.util.concurrent.TimeUnit.SECONDS);
        assertThat(stopped).isTrue();
        assertThat(said).as("what the program said").contains("ready");
        return said;
    }

    /** Which lines of {@link KilledNode} are acknowledgements. */
    private static final class KilledNodeLine {
        static boolean counts(String line) {
            return line.startsWith("event ") || line.startsWith("decision ");
        }
    }

    private void verify(int next, Set<String> decided) {
        try (Node node = Node.open(Shop.settings(home))) {
            node.awaitDecided(Shop.NAME);
            Set<String> orders = new HashSet<>();
            var stored = node.read(Shop.NAME, "orders", 0, 0, 1_000_000);
            stored.forEach(event -> assertThat(orders.add(event.event().subject()))
                    .as("an order once")
                    .isTrue());
            for (int i = 0; i < next; i++) {
                assertThat(orders).contains("o" + i);
            }
            StreamPartition decisions = node.decisionLog().partitions().getFirst();
            Set<String> ids = new HashSet<>();
            for (DecisionLog.Entry entry : node.decisionLog().read(decisions, 0, 1_000_000)) {
                assertThat(ids.add(entry.decision().id())).as("a decision once").isTrue();
            }
            assertThat(ids).containsAll(decided);
            FeatureCheck check = node.verifyFeatures(Shop.NAME);
            assertThat(check.examples()).isEmpty();
            assertThat(node.verifyAudit().ok()).isTrue();
        }
    }
}
