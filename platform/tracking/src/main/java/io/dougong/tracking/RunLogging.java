package io.dougong.tracking;

import io.dougong.tracking.Metric.About;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes what is noted about a run; on the writer's thread. */
final class RunLogging {

    /** A run's name is this tag as well; either changes the other. */
    static final String NAME_TAG = "mlflow.runName";

    /** Later points replace: the greatest step, then time, then value; a value that is no number counts as the greatest. */
    private static final String KEEP_LAST = """
            INSERT INTO metric_last (run, key, step, timestamp_millis, value, nan) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (run, key) DO UPDATE SET
                step = excluded.step, timestamp_millis = excluded.timestamp_millis, value = excluded.value, nan = excluded.nan
            WHERE (excluded.step, excluded.timestamp_millis, excluded.nan, excluded.value)
                > (metric_last.step, metric_last.timestamp_millis, metric_last.nan, metric_last.value)
            """;

    private static final String OF_MODEL = """
            INSERT INTO logged_model_metric VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (model_id, key, dataset_name, dataset_digest, run_id) DO UPDATE SET
                step = excluded.step, timestamp_millis = excluded.timestamp_millis, value = excluded.value, nan = excluded.nan
            WHERE (excluded.step, excluded.timestamp_millis) >= (step, timestamp_millis)
            """;

    private final Statements statements;
    private final long run;
    private final String runId;

    RunLogging(Statements statements, RunRows.Row run) {
        this.statements = statements;
        this.run = run.id();
        this.runId = run.info().runId();
    }

    void log(Batch batch) {
        batch.params().forEach(param -> param(param.getKey(), param.getValue()));
        batch.metrics().forEach(this::metric);
        batch.tags().forEach(this::tag);
    }

    void metric(Metric metric) {
        int nan = Double.isNaN(metric.value()) ? 1 : 0;
        double value = nan == 1 ? 0 : metric.value();
        statements.execute(
                "INSERT OR IGNORE INTO metric_point VALUES (?, ?, ?, ?, ?, ?)",
                run,
                metric.key(),
                metric.step(),
                metric.timestampMillis(),
                value,
                nan);
        statements.execute(KEEP_LAST, run, metric.key(), metric.step(), metric.timestampMillis(), value, nan);
        About about = metric.about();
        if (about != null && !about.modelId().isEmpty()) {
            statements.execute(
                    OF_MODEL,
                    about.modelId(),
                    metric.key(),
                    about.datasetName(),
                    about.datasetDigest(),
                    runId,
                    metric.step(),
                    metric.timestampMillis(),
                    value,
                    nan);
        }
    }

    private void param(String key, String whole) {
        String value = Limits.cut(whole, Limits.PARAM_LENGTH);
        if (statements.execute("INSERT OR IGNORE INTO run_param VALUES (?, ?, ?)", run, key, value) == 0) {
            Optional<String> before = statements.find(
                    "SELECT value FROM run_param WHERE run = ? AND key = ?", row -> row.getString(1), run, key);
            if (!before.orElse(value).equals(value)) {
                throw TrackingProblem.changedParam(key, before.orElse(""), value, runId);
            }
        }
    }

    void tag(String key, String whole) {
        String value = Limits.cut(whole, Limits.TAG_LENGTH);
        statements.execute("INSERT OR REPLACE INTO run_tag VALUES (?, ?, ?)", run, key, value);
        if (key.equals(NAME_TAG)) {
            statements.execute("UPDATE run SET name = ? WHERE id = ?", value, run);
        }
    }

    void deleteTag(String key) {
        if (statements.execute("DELETE FROM run_tag WHERE run = ? AND key = ?", run, key) == 0) {
            throw TrackingProblem.unknown("tag", key);
        }
    }

    void inputs(String experiment, List<DatasetInput> datasets, List<String> models) {
        datasets.forEach(dataset -> dataset(experiment, dataset));
        models.forEach(
                model -> statements.execute("INSERT OR IGNORE INTO run_model VALUES (?, 'input', ?, 0)", run, model));
    }

    private void dataset(String experiment, DatasetInput dataset) {
        statements.execute(
                "INSERT OR IGNORE INTO dataset (experiment, name, digest, source_type, source, schema, profile)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                experiment,
                dataset.name(),
                dataset.digest(),
                dataset.sourceType(),
                dataset.source(),
                dataset.schema(),
                dataset.profile());
        statements.execute(
                "INSERT OR IGNORE INTO run_dataset SELECT ?, id, ? FROM dataset"
                        + " WHERE experiment = ? AND name = ? AND digest = ?",
                run,
                Rows.texts(dataset.tags()),
                experiment,
                dataset.name(),
                dataset.digest());
    }

    void outputs(List<Run.ModelOutput> models) {
        models.forEach(model -> statements.execute(
                "INSERT OR REPLACE INTO run_model VALUES (?, 'output', ?, ?)", run, model.modelId(), model.step()));
    }

    static Map<String, String> named(Map<String, String> tags, String name) {
        Map<String, String> named = new java.util.TreeMap<>(tags);
        named.put(NAME_TAG, name);
        return named;
    }
}
