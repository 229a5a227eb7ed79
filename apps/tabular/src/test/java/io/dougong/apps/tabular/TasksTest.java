package io.dougong.apps.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.dougong.decisions.Decision;
import io.dougong.decisions.Feedback;
import io.dougong.decisions.Replay;
import io.dougong.decisions.Score;
import io.dougong.decisions.Truth;
import io.dougong.kernel.Json;
import io.dougong.kernel.Problem;
import io.dougong.manifest.Application;
import io.dougong.manifest.Manifest;
import io.dougong.models.Task;
import io.dougong.node.LiveReport;
import io.dougong.node.Node;
import io.dougong.node.NodeSettings;
import io.dougong.operate.Reading;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three species, and the weight of a bird, from one file of 344 real penguins (src/test/resources/README.md says where they are from). */
class TasksTest {

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Path file = Path.of("");
    private Path home = Path.of("");

    @BeforeEach
    void penguins() throws IOException {
        file = folder.resolve("penguins.csv");
        home = folder.resolve("home");
        try (InputStream in = Objects.requireNonNull(TasksTest.class.getResourceAsStream("/penguins.csv"))) {
            Files.copy(in, file);
        }
    }

    private JsonNode tried(String... more) throws IOException {
        List<String> arguments = new java.util.ArrayList<>(List.of(file.toString(), "--home", home.toString()));
        arguments.addAll(List.of(more));
        int code = Try.run(
                arguments,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(code).isZero();
        return Json.tree(Files.readAllBytes(home.resolve("try.json")));
    }

    private static double figure(JsonNode report, String metric) {
        return report.path("models")
                .path(0)
                .path("metrics")
                .path(metric)
                .path("value")
                .asDouble();
    }

    private static void replays(Node node, Decision decision) {
        assertThat(node.replay(decision, Replay.Request.PLAIN).differences()).isEmpty();
        assertThat(node.replay(decision, new Replay.Request(true, Map.of())).identical())
                .isTrue();
    }

    @Test
    void threeSpeciesAreToldApartServedAndReplayed() throws IOException {
        JsonNode report = tried("--label", "species", "--protected", "sex", "--favourable", "Gentoo");

        assertThat(report.path("task").asText()).isEqualTo("multiclass");
        assertThat(figure(report, "accuracy")).isGreaterThan(0.9);
        assertThat(figure(report, "auc")).isGreaterThan(0.95);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("3 classes", "the most probable", "which speaks for", "Fairness (favourable is 'Gentoo'");
        assertThat(report.path("groups").path(0).path("differences").has("accuracy"))
                .isTrue();
        Application application = Manifest.read(home.resolve("app.yaml"));
        assertThat(application.model("boosted").orElseThrow().label().task()).isEqualTo(Task.MULTICLASS);
        try (Node node = Node.open(NodeSettings.at(home))) {
            assertThat(node.plan(application).isEmpty()).isTrue();
            Decision decision =
                    node.decision(report.path("example").path("id").asText()).decision();
            Score.Classes score = (Score.Classes) decision.score();
            assertThat(score.classes()).containsOnlyKeys("Adelie", "Chinstrap", "Gentoo");
            replays(node, decision);
            assertThatThrownBy(() -> node.feedback(decision.id(), new Truth.Named("Adeli"), "me"))
                    .isInstanceOfSatisfying(
                            Problem.class,
                            problem -> assertThat(problem.advice()).contains("Adelie"));
            assertThatThrownBy(() -> node.feedback(decision.id(), true, "me")).hasMessageContaining("name of a class");
            Feedback given = node.feedback(decision.id(), new Truth.Named(score.top()), "me");
            assertThat(given.label()).isTrue();
            assertThat(given.known()).isEqualTo(new Truth.Named(score.top()));
            assertThat(node.receipt(decision.id()).verified(_ -> true)).isEqualTo(decision);
            LiveReport live = node.liveReport("penguins", "decide");
            assertThat(live.labelled()).isPositive();
            assertThat(live.logLoss()).isLessThan(0.5);
            assertThat(node.verifyAudit().ok()).isTrue();
        }
    }

    @Test
    void theWeightOfABirdComesWithAnInterval() throws IOException {
        JsonNode report = tried("--label", "body_mass_g");

        assertThat(report.path("task").asText()).isEqualTo("regression");
        assertThat(figure(report, "r2")).isGreaterThan(0.7);
        assertThat(figure(report, "mae")).isBetween(150.0, 400.0);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("expected between", "90 % intervals");
        Application application = Manifest.read(home.resolve("app.yaml"));
        try (Node node = Node.open(NodeSettings.at(home))) {
            assertThat(node.plan(application).isEmpty()).isTrue();
            Decision decision =
                    node.decision(report.path("example").path("id").asText()).decision();
            Score.Amount score = (Score.Amount) decision.score();
            assertThat(score.value()).isBetween(score.low(), score.high());
            assertThat(decision.outcome().label()).isEqualTo("VALUE");
            replays(node, decision);
            assertThatThrownBy(() -> node.feedback(decision.id(), new Truth.Named("heavy"), "me"))
                    .hasMessageContaining("finite number");
            Feedback given = node.feedback(decision.id(), new Truth.Amount(score.high() + 1), "me");
            assertThat(given.label()).isFalse();
            assertThat(node.liveReport("penguins", "decide").mae()).isPositive();
            assertThat(node.monitors("penguins"))
                    .extracting(Reading::id)
                    .contains("decide/quality/mae", "decide/drift/score");
            assertThat(node.verifyAudit().ok()).isTrue();
        }
    }

    @Test
    void groupsAreComparedByWhatIsPredictedAndHowFarItErrs() throws IOException {
        JsonNode report = tried("--label", "body_mass_g", "--protected", "flipper_length_mm");

        JsonNode differences = report.path("groups").path(0).path("differences");
        assertThat(report.path("groups").path(0).path("rows").asInt()).isBetween(20, 26);
        assertThat(Math.abs(differences.path("mean_prediction").path("value").asDouble()))
                .isBetween(150.0, 1_200.0);
        assertThat(Math.abs(differences.path("mean_error").path("value").asDouble()))
                .isLessThan(Math.abs(
                        differences.path("mean_prediction").path("value").asDouble()));
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("mean absolute error", "Groups on the test rows");
        assertThat(report.path("fairness")).isEmpty();
    }
}
