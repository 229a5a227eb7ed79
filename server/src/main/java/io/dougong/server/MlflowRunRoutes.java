package io.dougong.server;

import static io.dougong.server.MlflowExperimentRoutes.done;
import static io.dougong.server.MlflowRoutes.read;
import static io.dougong.server.MlflowRoutes.write;

import io.dougong.tracking.Batch;
import io.dougong.tracking.DatasetInput;
import io.dougong.tracking.Limits;
import io.dougong.tracking.Metric;
import io.dougong.tracking.Page;
import io.dougong.tracking.Run;
import io.dougong.tracking.RunStart;
import io.dougong.tracking.RunStatus;
import io.dougong.tracking.RunUpdate;
import io.dougong.tracking.Runs;
import io.dougong.tracking.Search;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** {@code /mlflow/runs/…} and {@code /mlflow/metrics/…} */
final class MlflowRunRoutes {

    private static final String BASE = MlflowRoutes.API + "/mlflow/runs";
    private static final String METRICS = MlflowRoutes.API + "/mlflow/metrics";
    private static final long BATCH_BYTES = 1024 * 1024L;
    private static final long INPUT_BYTES = 24 * 1024 * 1024L;
    private static final int USUAL_PAGE = 1000;

    private final Runs runs;

    MlflowRunRoutes(Runs runs) {
        this.runs = runs;
    }

    List<Endpoint> endpoints() {
        return List.of(
                write(Endpoint.post(BASE + "/create"), this::create),
                read(
                        Endpoint.get(BASE + "/get"),
                        call -> MlflowViews.reply(
                                "run",
                                MlflowViews.run(runs.get(MlflowInput.of(call).runId())))),
                write(Endpoint.post(BASE + "/update"), this::update),
                write(
                        Endpoint.post(BASE + "/delete"),
                        call -> done(runs.delete(MlflowInput.of(call).runId()))),
                write(
                        Endpoint.post(BASE + "/restore"),
                        call -> done(runs.restore(MlflowInput.of(call).runId()))),
                read(Endpoint.post(BASE + "/search"), this::search),
                write(Endpoint.post(BASE + "/log-batch"), BATCH_BYTES, this::logBatch),
                write(Endpoint.post(BASE + "/log-metric"), this::logMetric),
                write(Endpoint.post(BASE + "/log-parameter"), this::logParameter),
                write(Endpoint.post(BASE + "/set-tag"), this::setTag),
                write(Endpoint.post(BASE + "/delete-tag"), this::deleteTag),
                write(Endpoint.post(BASE + "/log-inputs"), INPUT_BYTES, this::logInputs),
                write(Endpoint.post(BASE + "/outputs"), this::logOutputs),
                write(Endpoint.post(BASE + "/log-model"), BATCH_BYTES, this::logModel),
                read(Endpoint.get(METRICS + "/get-history"), this::history));
    }

    private CompletionStage<Reply> create(Call call) {
        MlflowInput input = MlflowInput.of(call);
        return runs.create(new RunStart(
                        input.textOr("experiment_id", "0"),
                        null,
                        input.textIfAny("run_name").orElse(null),
                        input.textOr("user_id", call.caller().name()),
                        input.whole("start_time", 0),
                        input.tags("tags")))
                .thenApply(run -> MlflowViews.reply("run", MlflowViews.run(run)));
    }

    private CompletionStage<Reply> update(Call call) {
        MlflowInput input = MlflowInput.of(call);
        RunUpdate update = new RunUpdate(
                input.oneOf("status", RunStatus.class).orElse(null),
                input.wholeIfAny("end_time").orElse(null),
                input.textIfAny("run_name").orElse(null));
        return runs.update(input.runId(), update)
                .thenApply(info -> MlflowViews.reply("run_info", MlflowViews.info(info)));
    }

    private Reply search(Call call) {
        MlflowInput input = MlflowInput.of(call);
        Search search = input.search("run_view_type", USUAL_PAGE);
        Page<Run> page = runs.search(input.texts("experiment_ids"), search);
        return MlflowViews.page("runs", page, MlflowViews::run);
    }

    private CompletionStage<Reply> logBatch(Call call) {
        MlflowInput input = MlflowInput.of(call);
        Batch batch = new Batch(
                input.list("metrics", MlflowRunRoutes::metric),
                input.list("params", param -> Map.entry(param.text("key"), param.textOr("value", ""))),
                input.tags("tags"));
        return done(runs.log(input.runId(), batch));
    }

    private static Metric metric(MlflowInput input) {
        return new Metric(
                input.text("key"),
                input.number("value"),
                input.whole("timestamp", 0),
                input.whole("step", 0),
                about(input));
    }

    private static Metric.@Nullable About about(MlflowInput input) {
        String model = input.textOr("model_id", "");
        return model.isEmpty()
                ? null
                : new Metric.About(model, input.textOr("dataset_name", ""), input.textOr("dataset_digest", ""));
    }

    private CompletionStage<Reply> logMetric(Call call) {
        MlflowInput input = MlflowInput.of(call);
        return done(runs.log(input.runId(), new Batch(List.of(metric(input)), List.of(), Map.of())));
    }

    private CompletionStage<Reply> logParameter(Call call) {
        MlflowInput input = MlflowInput.of(call);
        Map.Entry<String, String> param = Map.entry(input.text("key"), input.textOr("value", ""));
        return done(runs.log(input.runId(), new Batch(List.of(), List.of(param), Map.of())));
    }

    private CompletionStage<Reply> setTag(Call call) {
        MlflowInput input = MlflowInput.of(call);
        return done(tag(input.runId(), input.text("key"), input.textOr("value", "")));
    }

    private CompletionStage<Void> tag(String runId, String key, String value) {
        return runs.log(runId, new Batch(List.of(), List.of(), Map.of(key, value)));
    }

    private CompletionStage<Reply> deleteTag(Call call) {
        MlflowInput input = MlflowInput.of(call);
        return done(runs.deleteTag(input.runId(), input.text("key")));
    }

    private CompletionStage<Reply> logInputs(Call call) {
        MlflowInput input = MlflowInput.of(call);
        return done(runs.logInputs(
                input.runId(),
                input.list("datasets", MlflowRunRoutes::dataset),
                input.list("models", model -> model.text("model_id"))));
    }

    private static DatasetInput dataset(MlflowInput input) {
        MlflowInput dataset = input.inner("dataset");
        return new DatasetInput(
                dataset.text("name"),
                dataset.text("digest"),
                dataset.textOr("source_type", ""),
                dataset.textOr("source", ""),
                dataset.textIfAny("schema").orElse(null),
                dataset.textIfAny("profile").orElse(null),
                input.tags("tags"));
    }

    private CompletionStage<Reply> logOutputs(Call call) {
        MlflowInput input = MlflowInput.of(call);
        return done(runs.logOutputs(
                input.runId(),
                input.list("models", model -> new Run.ModelOutput(model.text("model_id"), model.whole("step", 0)))));
    }

    /** What clients before MLflow 3 say about a model that they logged; kept in the tag where they look for it. */
    private CompletionStage<Reply> logModel(Call call) {
        MlflowInput input = MlflowInput.of(call);
        String model = input.text("model_json");
        return done(tag(input.runId(), "mlflow.log-model.history", "[" + model + "]"));
    }

    private Reply history(Call call) {
        MlflowInput input = MlflowInput.of(call);
        Page<Metric> page = runs.history(
                input.runId(),
                input.text("metric_key"),
                input.count("max_results", Limits.MOST_POINTS_A_PAGE),
                input.textOr("page_token", ""));
        return MlflowViews.page("metrics", page, MlflowViews::metric);
    }
}
