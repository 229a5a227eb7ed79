package io.dougong.apps.tabular;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dougong.decisions.Decision;
import io.dougong.decisions.Replay;
import io.dougong.kernel.Json;
import io.dougong.manifest.Application;
import io.dougong.manifest.Manifest;
import io.dougong.node.Node;
import io.dougong.node.NodeSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TryTest {

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        return Try.run(
                List.of(arguments),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private static String customers(int rows) {
        Random random = new Random(3);
        StringBuilder text = new StringBuilder("Joined,Tariff,Calls,Gender,Churn\n");
        for (int i = 0; i < rows; i++) {
            int tariff = random.nextInt(3);
            int calls = random.nextInt(20);
            boolean churn = random.nextDouble() < 1 / (1 + Math.exp(2 - tariff - (calls > 10 ? 2 : 0)));
            text.append("2023-")
                    .append(1 + i * 12 / rows < 10 ? "0" : "")
                    .append(1 + i * 12 / rows)
                    .append("-15,")
                    .append("abc".charAt(tariff))
                    .append(',')
                    .append(random.nextInt(20) == 0 ? "" : calls)
                    .append(',')
                    .append(random.nextBoolean() ? "f" : "m")
                    .append(',')
                    .append(churn ? "yes" : "no")
                    .append('\n');
        }
        return text.toString();
    }

    @Test
    void aFileBecomesAServedApplicationWhoseDecisionsReplayToTheSameBits() throws IOException {
        Path file = Files.writeString(folder.resolve("customers.csv"), customers(1_500));
        Path home = folder.resolve("home");

        int code = run(file.toString(), "--label", "Churn", "--protected", "Gender", "--home", home.toString());

        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(code).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("Chosen: ", "What drives it", "Gender m against f", "One decision: ");
        JsonNode report = Json.tree(Files.readAllBytes(home.resolve("try.json")));
        assertThat(report.path("split").path("by").asText()).isEqualTo("time");
        assertThat(report.path("models")
                        .path(0)
                        .path("metrics")
                        .path("auc")
                        .path("value")
                        .asDouble())
                .isBetween(0.7, 0.95);
        Application application = Manifest.read(home.resolve("app.yaml"));
        assertThat(application.name()).isEqualTo("customers");
        try (Node node = Node.open(NodeSettings.at(home))) {
            assertThat(node.plan(application).isEmpty()).isTrue();
            Decision decision =
                    node.decision(report.path("example").path("id").asText()).decision();
            assertThat(node.replay(decision, Replay.Request.PLAIN).identical()).isTrue();
            assertThat(node.replay(decision, new Replay.Request(true, java.util.Map.of()))
                            .identical())
                    .isTrue();
            assertThat(node.verifyAudit().ok()).isTrue();
        }
    }

    @Test
    void theLabelIsNoFieldOfTheStreamThatAsks() throws IOException {
        Path file = Files.writeString(folder.resolve("c.csv"), customers(400));
        Path home = folder.resolve("home");

        assertThat(run(file.toString(), "--label", "Churn", "--home", home.toString()))
                .isZero();

        Application application = Manifest.read(home.resolve("app.yaml"));
        List<String> asked = new ArrayList<>(
                application.stream("rows").orElseThrow().definition().schema().names());
        assertThat(asked).doesNotContain("churn", "label").contains("tariff", "calls");
        String question = Files.readString(home.resolve("question.json"));
        assertThat(question).doesNotContain("label");
    }

    @Test
    void aForeignFolderIsNotEmptied() throws IOException {
        Path file = Files.writeString(folder.resolve("c.csv"), customers(100));
        Path precious = Files.createDirectories(folder.resolve("photos"));
        Files.writeString(precious.resolve("a.jpg"), "x");

        assertThat(run(file.toString(), "--label", "Churn", "--home", precious.toString()))
                .isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("is not a folder of Dougong");
        assertThat(precious.resolve("a.jpg")).exists();
    }

    @Test
    void whatIsMissingIsSaid() {
        assertThat(run("x.csv")).isEqualTo(2);
        assertThat(run(
                        "no-such.csv",
                        "--label",
                        "y",
                        "--home",
                        folder.resolve("h").toString()))
                .isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("--label", "There is no file no-such.csv");
    }
}
