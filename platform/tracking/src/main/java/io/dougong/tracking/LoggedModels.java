package io.dougong.tracking;

import io.dougong.kernel.Ids;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The logged models. What writes completes once it is durable. */
public final class LoggedModels {

    private static final int MOST_A_PAGE = 1_000;
    private static final int MOST_EXPERIMENTS = 1_000;

    private final Committer committer;
    private final Readers readers;
    private final Ids ids;
    private final InstantSource clock;

    LoggedModels(Committer committer, Readers readers, Ids ids, InstantSource clock) {
        this.committer = committer;
        this.readers = readers;
        this.ids = ids;
        this.clock = clock;
    }

    public CompletableFuture<LoggedModel> create(LoggedModel.Start start) {
        Limits.count("params", start.params().size(), Limits.MOST_ENTITIES);
        Limits.tags(start.tags(), Limits.REGISTRY_TAG_LENGTH);
        String modelId = "m-" + ids.next().replace("-", "");
        String name = start.name().isEmpty() ? RunNames.of(modelId) : Limits.modelName(start.name());
        return committer.submit(statements -> {
            Experiments.unmanaged(statements, start.experimentId());
            Experiment experiment = Experiments.active(statements, start.experimentId());
            long now = clock.millis();
            statements.execute(
                    "INSERT INTO logged_model VALUES (?, ?, ?, ?, ?, ?, 'LOGGED_MODEL_PENDING', ?, ?, 'active')",
                    modelId,
                    experiment.id(),
                    name,
                    experiment.artifactLocation() + "/models/" + modelId + "/artifacts",
                    now,
                    now,
                    start.modelType(),
                    start.sourceRunId());
            params(statements, modelId, start.params());
            tags(statements, modelId, start.tags());
            return needed(statements, modelId);
        });
    }

    private static void params(Statements statements, String modelId, Map<String, String> params) {
        params.forEach((key, value) -> statements.execute(
                "INSERT OR REPLACE INTO logged_model_param VALUES (?, ?, ?)",
                modelId,
                Limits.key("params.key", key),
                Limits.cut(value, Limits.PARAM_LENGTH)));
    }

    private static void tags(Statements statements, String modelId, Map<String, String> tags) {
        tags.forEach((key, value) ->
                statements.execute("INSERT OR REPLACE INTO logged_model_tag VALUES (?, ?, ?)", modelId, key, value));
    }

    /** @throws TrackingProblem if there is none; a deleted one counts only if it is asked for */
    public LoggedModel get(String modelId, boolean alsoDeleted) {
        LoggedModel model = readers.read(statements -> needed(statements, modelId));
        if (model.lifecycle() == Lifecycle.DELETED && !alsoDeleted) {
            throw TrackingProblem.unknown("logged model", modelId);
        }
        return model;
    }

    public CompletableFuture<LoggedModel> finish(String modelId, LoggedModel.Status status) {
        return change(
                modelId,
                statements -> statements.execute(
                        "UPDATE logged_model SET status = ? WHERE model_id = ?", status.name(), modelId));
    }

    public CompletableFuture<LoggedModel> addParams(String modelId, Map<String, String> params) {
        Limits.count("params", params.size(), Limits.MOST_ENTITIES);
        return change(modelId, statements -> params(statements, modelId, params));
    }

    public CompletableFuture<LoggedModel> setTags(String modelId, Map<String, String> tags) {
        Limits.count("tags", tags.size(), Limits.MOST_ENTITIES);
        Limits.tags(tags, Limits.REGISTRY_TAG_LENGTH);
        return change(modelId, statements -> tags(statements, modelId, tags));
    }

    public CompletableFuture<LoggedModel> deleteTag(String modelId, String key) {
        return change(modelId, statements -> {
            if (statements.execute("DELETE FROM logged_model_tag WHERE model_id = ? AND key = ?", modelId, key) == 0) {
                throw TrackingProblem.unknown("tag", key);
            }
        });
    }

    public CompletableFuture<LoggedModel> delete(String modelId) {
        return change(
                modelId,
                statements -> statements.execute(
                        "UPDATE logged_model SET lifecycle = 'deleted' WHERE model_id = ?", modelId));
    }

    private interface Change {
        void make(Statements statements);
    }

    private CompletableFuture<LoggedModel> change(String modelId, Change change) {
        return committer.submit(statements -> {
            if (needed(statements, modelId).lifecycle() == Lifecycle.DELETED) {
                throw TrackingProblem.unknown("logged model", modelId);
            }
            change.make(statements);
            statements.execute(
                    "UPDATE logged_model SET updated_millis = ? WHERE model_id = ?", clock.millis(), modelId);
            return needed(statements, modelId);
        });
    }

    /** Those of these experiments, by default the newest first. */
    public Page<LoggedModel> search(List<String> experimentIds, Search search) {
        Limits.count("experiments", experimentIds.size(), MOST_EXPERIMENTS);
        List<Comparison> filter = FilterParser.filter(search.filter(), Grammar.LOGGED_MODELS);
        List<Order> orders = FilterParser.orders(search.orderBy(), Grammar.LOGGED_MODELS);
        List<LoggedModel> all = readers.read(statements -> experimentIds.stream()
                .flatMap(experiment -> statements
                        .list(
                                "SELECT model_id FROM logged_model WHERE experiment = ? AND lifecycle = 'active'"
                                        + " ORDER BY created_millis DESC, model_id DESC",
                                row -> row.getString(1),
                                experiment)
                        .stream())
                .map(modelId -> needed(statements, modelId))
                .toList());
        return new Sieve<>(LoggedModels::traits, "models " + experimentIds)
                .page(all, filter, orders, search, MOST_A_PAGE);
    }

    private static Traits traits(LoggedModel model) {
        Map<String, Double> metrics = new HashMap<>();
        model.metrics()
                .forEach(measured ->
                        metrics.put(measured.metric().key(), measured.metric().value()));
        return new Traits(
                Map.of(
                        "name", model.name(),
                        "model_id", model.modelId(),
                        "model_type", model.modelType(),
                        "status", model.status().name().replace("LOGGED_MODEL_", ""),
                        "source_run_id", model.sourceRunId(),
                        "creation_timestamp", (double) model.createdMillis(),
                        "creation_time", (double) model.createdMillis(),
                        "last_updated_timestamp", (double) model.updatedMillis()),
                model.tags(),
                model.params(),
                metrics);
    }

    private static LoggedModel needed(Statements statements, String modelId) {
        return statements
                .find("SELECT * FROM logged_model WHERE model_id = ?", row -> read(statements, row), modelId)
                .orElseThrow(() -> TrackingProblem.unknown("logged model", modelId));
    }

    private static LoggedModel read(Statements statements, ResultSet row) throws SQLException {
        String modelId = row.getString("model_id");
        return new LoggedModel(
                modelId,
                row.getString("experiment"),
                row.getString("name"),
                row.getString("artifact_uri"),
                row.getLong("created_millis"),
                row.getLong("updated_millis"),
                LoggedModel.Status.valueOf(row.getString("status")),
                row.getString("model_type"),
                row.getString("source_run_id"),
                Lifecycle.of(row.getString("lifecycle")),
                Rows.tags(statements, "SELECT key, value FROM logged_model_tag WHERE model_id = ?", modelId),
                Rows.tags(statements, "SELECT key, value FROM logged_model_param WHERE model_id = ?", modelId),
                statements.list(
                        "SELECT * FROM logged_model_metric WHERE model_id = ?", LoggedModels::measured, modelId),
                statements.list(
                        "SELECT name, version FROM model_version WHERE model_id = ? ORDER BY name, version",
                        version -> Map.entry(version.getString(1), version.getInt(2)),
                        modelId));
    }

    private static LoggedModel.Measured measured(ResultSet row) throws SQLException {
        Metric metric = new Metric(
                row.getString("key"),
                Rows.value(row),
                row.getLong("timestamp_millis"),
                row.getLong("step"),
                new Metric.About(
                        row.getString("model_id"), row.getString("dataset_name"), row.getString("dataset_digest")));
        return new LoggedModel.Measured(metric, row.getString("run_id"));
    }
}
