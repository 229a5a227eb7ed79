package io.dougong.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrackingTest {

    @TempDir
    Path folder = Path.of("");

    private Tracking tracking;

    @BeforeEach
    void open() {
        tracking = Opened.in(folder);
    }

    @AfterEach
    void close() {
        tracking.close();
    }

    private String run() {
        return Opened.run(tracking, "0", 1000);
    }

    private void log(String run, Metric... metrics) {
        tracking.runs()
                .log(run, new Batch(List.of(metrics), List.of(), Map.of()))
                .join();
    }

    @Test
    void whatIsLoggedIsThereAfterItWasClosed() {
        String run = run();
        tracking.runs()
                .log(
                        run,
                        new Batch(
                                List.of(Metric.of("auc", 0.8, 5, 1)),
                                List.of(Map.entry("depth", "6")),
                                Map.of("note", "x")))
                .join();
        tracking.close();
        tracking = Opened.in(folder);
        Run kept = tracking.runs().get(run);
        assertThat(kept.metrics()).containsExactly(Metric.of("auc", 0.8, 5, 1));
        assertThat(kept.params()).containsExactly(Map.entry("depth", "6"));
        assertThat(kept.tags()).containsEntry("note", "x");
    }

    @Test
    void aBatchIsTakenWholeOrNotAtAll() {
        String run = run();
        tracking.runs()
                .log(run, new Batch(List.of(), List.of(Map.entry("depth", "6")), Map.of()))
                .join();
        Batch bad = new Batch(
                List.of(Metric.of("auc", 1, 1, 1)),
                List.of(Map.entry("fresh", "1"), Map.entry("depth", "7")),
                Map.of("note", "x"));
        assertThatThrownBy(() -> tracking.runs().log(run, bad).join())
                .hasCauseInstanceOf(TrackingProblem.class)
                .hasMessageContaining("depth");
        Run kept = tracking.runs().get(run);
        assertThat(kept.metrics()).isEmpty();
        assertThat(kept.params()).containsExactly(Map.entry("depth", "6"));
        assertThat(kept.tags()).doesNotContainKey("note");
    }

    @Test
    void aRefusedWriteDoesNotSpoilItsNeighbours() {
        String run = run();
        List<CompletableFuture<Void>> good = new ArrayList<>();
        List<CompletableFuture<Void>> bad = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Batch batch = new Batch(List.of(Metric.of("m" + i, i, 0, 0)), List.of(), Map.of());
            (i % 3 == 0 ? bad : good).add(tracking.runs().log(i % 3 == 0 ? "unknown" : run, batch));
        }
        good.forEach(CompletableFuture::join);
        assertThat(bad).allSatisfy(one -> assertThatThrownBy(one::join).hasCauseInstanceOf(TrackingProblem.class));
        assertThat(tracking.runs().get(run).metrics()).hasSize(good.size());
    }

    @Test
    void theLastPointOfAMetricIsThatOfTheGreatestStepInAnyOrder() {
        List<Metric> points = new ArrayList<>(IntStream.range(0, 50)
                .mapToObj(i -> Metric.of("loss", 50 - i, 1000 - i, i))
                .toList());
        Collections.shuffle(points, new java.util.Random(3));
        String run = run();
        points.forEach(point -> log(run, point));
        assertThat(tracking.runs().get(run).metrics()).containsExactly(Metric.of("loss", 1, 951, 49));
        log(run, Metric.of("loss", Double.NaN, 2000, 49));
        assertThat(tracking.runs().get(run).metrics().getFirst().value()).isNaN();
    }

    @Test
    void historyIsPagedAndTheSamePointCountsOnce() {
        String run = run();
        for (int i = 0; i < 25; i++) {
            log(run, Metric.of("loss", i, i, i), Metric.of("loss", i, i, i));
        }
        List<Metric> seen = new ArrayList<>();
        String token = "";
        do {
            Page<Metric> page = tracking.runs().history(run, "loss", 10, token);
            seen.addAll(page.items());
            token = page.next().orElse("");
        } while (!token.isEmpty());
        assertThat(seen)
                .extracting(Metric::step)
                .containsExactlyElementsOf(
                        IntStream.range(0, 25).mapToObj(i -> (long) i).toList());
        String other = tracking.runs().history(run, "loss", 10, "").next().orElseThrow();
        assertThatThrownBy(() -> tracking.runs().history(run, "auc", 10, other)).isInstanceOf(TrackingProblem.class);
    }

    @Test
    void limitsAreThoseOfMlflow() {
        String run = run();
        List<Metric> many = IntStream.range(0, 1001)
                .mapToObj(i -> Metric.of("m" + i, i, 0, 0))
                .toList();
        assertThatThrownBy(() -> tracking.runs().log(run, new Batch(many, List.of(), Map.of())))
                .hasMessageContaining("at most 1000");
        for (String key : List.of("", "/a", "a/../b", "a\nb", "k".repeat(251))) {
            Batch batch = new Batch(List.of(Metric.of(key, 1, 0, 0)), List.of(), Map.of());
            assertThatThrownBy(() -> tracking.runs().log(run, batch)).isInstanceOf(TrackingProblem.class);
        }
        tracking.runs()
                .log(run, new Batch(List.of(), List.of(Map.entry("long", "x".repeat(7000))), Map.of()))
                .join();
        assertThat(tracking.runs().get(run).params().get("long")).hasSize(Limits.PARAM_LENGTH);
    }

    @Test
    void runsOfThePlatformAreShownAndOnlyRead() {
        PlatformRun shown = new PlatformRun(
                "dougong/shop/risk",
                Map.of("dougong.application", "shop"),
                "r1",
                "risk version 1",
                RunStatus.FINISHED,
                10,
                20L,
                Map.of("depth", "6"),
                List.of(Metric.of("auc", 0.8, 20, 0)),
                Map.of("dougong.model_version", "1"),
                List.of(new DatasetInput("orders", "42", "dougong", "{}", null, null, Map.of())));
        tracking.platformRuns().show(List.of(shown)).join();
        tracking.platformRuns().show(List.of(shown)).join();
        Experiment experiment =
                tracking.experiments().byName("dougong/shop/risk").orElseThrow();
        List<Run> found = tracking.runs()
                .search(
                        List.of(experiment.id()),
                        new Search(
                                "params.depth = '6' AND dataset.name = 'orders'",
                                List.of(),
                                Lifecycle.View.ACTIVE_ONLY,
                                10,
                                ""))
                .items();
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().info().endMillis()).isEqualTo(20);
        assertThatThrownBy(() -> tracking.runs().delete("r1").join()).hasCauseInstanceOf(TrackingProblem.Managed.class);
        assertThatThrownBy(() -> tracking.experiments().delete(experiment.id()).join())
                .hasCauseInstanceOf(TrackingProblem.Managed.class);
    }

    @Test
    void modelsOfThePlatformStandBesideThoseOfClients() {
        tracking.close();
        RegisteredVersion own = new RegisteredVersion(
                "shop__risk", 1, "", 5, 5, "dougong", "None", "s", "s", "", "", "", Map.of(), List.of("champion"));
        RegisteredModel model =
                new RegisteredModel("shop__risk", "", 5, 5, Map.of(), Map.of("champion", 1), List.of(own), true);
        tracking = Opened.in(folder, () -> List.of(new PlatformModels.Entry(model, List.of(own))));
        tracking.registeredModels().create("theirs", "", Map.of()).join();
        assertThat(tracking.registeredModels().search(Search.all(10)).items())
                .extracting(RegisteredModel::name)
                .containsExactly("shop__risk", "theirs");
        assertThat(tracking.registeredModels().byAlias("shop__risk", "champion"))
                .isEqualTo(own);
        assertThatThrownBy(() -> tracking.registeredModels().setAlias("shop__risk", "challenger", 1))
                .isInstanceOf(TrackingProblem.Managed.class);
        assertThatThrownBy(() -> tracking.registeredModels().create("shop__risk", "", Map.of()))
                .isInstanceOf(TrackingProblem.Managed.class);
    }

    @Test
    void versionsAreFoundByFilterAndByStage() {
        RegisteredModels models = tracking.registeredModels();
        models.create("churn", "", Map.of()).join();
        for (int i = 0; i < 3; i++) {
            models.createVersion(new RegisteredVersion.Start(
                            "churn", "s3://x/" + i, "run" + i, "", "", "", "me", Map.of("parity", "p" + i % 2)))
                    .join();
        }
        models.stage("churn", 1, "production", false).join();
        models.stage("churn", 3, "Production", true).join();
        models.deleteVersion("churn", 2).join();
        assertThat(models.searchVersions(Search.all(10)).items()).hasSize(2);
        Search filtered = new Search(
                "name = 'churn' AND tags.parity = 'p0' AND version_number > 1",
                List.of("version_number DESC"),
                Lifecycle.View.ALL,
                10,
                "");
        assertThat(models.searchVersions(filtered).items())
                .extracting(RegisteredVersion::version)
                .containsExactly(3);
        assertThat(models.latest("churn", List.of()))
                .extracting(RegisteredVersion::stage)
                .containsExactly("Archived", "Production");
        assertThatThrownBy(() -> models.version("churn", 2)).isInstanceOf(TrackingProblem.class);
    }
}
