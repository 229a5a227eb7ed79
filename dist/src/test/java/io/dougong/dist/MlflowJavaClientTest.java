package io.dougong.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlflow.api.proto.ModelRegistry.ModelVersion;
import org.mlflow.api.proto.Service.CreateExperiment;
import org.mlflow.api.proto.Service.ExperimentTag;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Param;
import org.mlflow.api.proto.Service.Run;
import org.mlflow.api.proto.Service.RunInfo;
import org.mlflow.api.proto.Service.RunStatus;
import org.mlflow.api.proto.Service.RunTag;
import org.mlflow.api.proto.Service.ViewType;
import org.mlflow.tracking.ActiveRun;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.MlflowContext;
import org.mlflow.tracking.MlflowHttpException;
import org.mlflow.tracking.RunsPage;
import org.mlflow.tracking.creds.BasicMlflowHostCreds;

/** The Java client of MLflow, unchanged, against a running server. */
@SuppressWarnings("NullAway.Init") // before all
class MlflowJavaClientTest {

    @TempDir
    static Path folder = Path.of("");

    private static Shell shell;
    private static MlflowClient client;

    @BeforeAll
    static void up() {
        shell = new Shell(folder.resolve("home"));
        Shell.Result up = shell.run("up", "--detach", "--port", "0");
        assertThat(up.exit()).as(up.err()).isZero();
        client = new MlflowClient(new BasicMlflowHostCreds(shell.url(), shell.token()));
    }

    @AfterAll
    static void down() {
        client.close();
        assertThat(shell.run("down").exit()).isZero();
    }

    private static String experiment() {
        return client.createExperiment("java-" + UUID.randomUUID());
    }

    @Test
    void experimentsAreMadeFoundRenamedAndDeleted() {
        String name = "made-" + UUID.randomUUID();
        String id = client.createExperiment(CreateExperiment.newBuilder()
                .setName(name)
                .addTags(ExperimentTag.newBuilder().setKey("team").setValue("credit"))
                .build());
        assertThat(client.getExperimentByName(name).orElseThrow().getExperimentId())
                .isEqualTo(id);
        assertThat(client.getExperimentByName("no such one")).isEmpty();
        client.renameExperiment(id, name + "-new");
        client.setExperimentTag(id, "kind", "a");
        assertThat(client.getExperiment(id).getName()).isEqualTo(name + "-new");
        assertThat(client.searchExperiments("tags.kind = 'a'").getItems()).hasSize(1);
        client.deleteExperiment(id);
        assertThat(client.getExperiment(id).getLifecycleStage()).isEqualTo("deleted");
        client.restoreExperiment(id);
        assertThat(client.getExperiment(id).getLifecycleStage()).isEqualTo("active");
    }

    @Test
    void aRunKeepsWhatIsLogged() {
        RunInfo info = client.createRun(experiment());
        String run = info.getRunId();
        client.logParam(run, "depth", "6");
        client.logMetric(run, "auc", 0.8, 5, 1);
        client.logMetric(run, "auc", 0.9, 6, 2);
        client.setTag(run, "note", "宽");
        client.logBatch(
                run,
                List.of(Metric.newBuilder()
                        .setKey("odd")
                        .setValue(Double.NaN)
                        .setTimestamp(7)
                        .build()),
                List.of(Param.newBuilder().setKey("rate").setValue("0.1").build()),
                List.of(RunTag.newBuilder().setKey("t").setValue("1").build()));
        client.setTerminated(run, RunStatus.FINISHED, 99);
        Run kept = client.getRun(run);
        assertThat(kept.getInfo().getStatus()).isEqualTo(RunStatus.FINISHED);
        assertThat(kept.getInfo().getEndTime()).isEqualTo(99);
        assertThat(kept.getData().getParamsList()).extracting(Param::getKey).containsExactly("depth", "rate");
        assertThat(kept.getData().getTagsList()).extracting(RunTag::getValue).contains("宽", "1");
        assertThat(kept.getData().getMetricsList()).extracting(Metric::getValue).containsExactly(0.9, Double.NaN);
        assertThat(client.getMetricHistory(run, "auc"))
                .extracting(Metric::getStep)
                .containsExactly(1L, 2L);
        client.deleteTag(run, "t");
        assertThat(client.getRun(run).getData().getTagsList())
                .extracting(RunTag::getKey)
                .doesNotContain("t");
        assertThatThrownBy(() -> client.logParam(run, "depth", "7"))
                .isInstanceOf(MlflowHttpException.class)
                .hasMessageContaining("depth");
    }

    @Test
    void runsAreSearchedPageByPage() {
        String experiment = experiment();
        for (int i = 0; i < 12; i++) {
            String run = client.createRun(experiment).getRunId();
            client.logMetric(run, "auc", i / 12.0);
            client.logParam(run, "parity", Integer.toString(i % 2));
        }
        RunsPage page = client.searchRuns(
                List.of(experiment), "params.parity = '1'", ViewType.ACTIVE_ONLY, 4, List.of("metrics.auc DESC"));
        assertThat(page.getPageSize()).isEqualTo(4);
        assertThat(page.getItems().getFirst().getData().getMetrics(0).getValue())
                .isEqualTo(11 / 12.0);
        assertThat(page.hasNextPage()).isTrue();
        assertThat(page.getNextPage().getPageSize()).isEqualTo(2);
        client.deleteRun(page.getItems().getFirst().getInfo().getRunId());
        assertThat(client.searchRuns(List.of(experiment), "", ViewType.DELETED_ONLY))
                .hasSize(1);
    }

    @Test
    void theFluentContextLogs() {
        MlflowContext context = new MlflowContext(client);
        context.setExperimentId(experiment());
        ActiveRun run = context.startRun("fluent");
        run.logParam("a", "b");
        run.logMetric("m", 1);
        run.endRun();
        assertThat(client.getRun(run.getId()).getInfo().getRunName()).isEqualTo("fluent");
    }

    @Test
    void modelsAreRegisteredAndFound() {
        String name = "java-model-" + UUID.randomUUID();
        client.sendPost("registered-models/create", "{\"name\":\"" + name + "\"}");
        client.sendPost(
                "model-versions/create",
                "{\"name\":\"" + name + "\",\"source\":\"mlflow-artifacts:/0/x\",\"run_id\":\"\"}");
        ModelVersion version = client.getModelVersion(name, "1");
        assertThat(version.getSource()).isEqualTo("mlflow-artifacts:/0/x");
        assertThat(client.getModelVersionDownloadUri(name, "1")).isEqualTo("mlflow-artifacts:/0/x");
        client.sendPatch(
                "model-versions/update", "{\"name\":\"" + name + "\",\"version\":\"1\",\"description\":\"uno\"}");
        assertThat(client.getRegisteredModel(name).getLatestVersions(0).getDescription())
                .isEqualTo("uno");
        assertThat(client.getLatestVersions(name)).hasSize(1);
        assertThat(client.searchModelVersions("name = '" + name + "'").getItems())
                .hasSize(1);
    }
}
