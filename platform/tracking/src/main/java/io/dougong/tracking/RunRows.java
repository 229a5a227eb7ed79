package io.dougong.tracking;

import io.dougong.tracking.Run.ModelOutput;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads runs with everything that belongs to them, many at once. */
final class RunRows {

    /** A run's row. */
    record Row(long id, RunInfo info) {}

    private static final int TOGETHER = 500;

    private final Statements statements;

    RunRows(Statements statements) {
        this.statements = statements;
    }

    Row needed(String runId) {
        return statements
                .find("SELECT * FROM run WHERE run_id = ?", RunRows::row, runId)
                .orElseThrow(() -> TrackingProblem.unknown("run", runId));
    }

    static Row row(ResultSet row) throws SQLException {
        long end = row.getLong("end_millis");
        Long endMillis = row.wasNull() ? null : end;
        return new Row(
                row.getLong("id"),
                new RunInfo(
                        row.getString("run_id"),
                        row.getString("name"),
                        row.getString("experiment"),
                        row.getString("user_id"),
                        RunStatus.valueOf(row.getString("status")),
                        row.getLong("start_millis"),
                        endMillis,
                        row.getString("artifact_uri"),
                        Lifecycle.of(row.getString("lifecycle"))));
    }

    Run whole(Row row) {
        return whole(List.of(row)).getFirst();
    }

    /** In the same order. */
    List<Run> whole(List<Row> rows) {
        List<Run> runs = new ArrayList<>(rows.size());
        for (int from = 0; from < rows.size(); from += TOGETHER) {
            runs.addAll(some(rows.subList(from, Math.min(rows.size(), from + TOGETHER))));
        }
        return runs;
    }

    private List<Run> some(List<Row> rows) {
        List<Long> ids = new ArrayList<>(rows.stream().map(Row::id).toList());
        String in = " WHERE run IN (" + marks(ids) + ")";
        Map<Long, List<Metric>> metrics = new HashMap<>();
        Map<Long, Map<String, String>> params = new HashMap<>();
        Map<Long, Map<String, String>> tags = new HashMap<>();
        Map<Long, List<DatasetInput>> datasets = new HashMap<>();
        Map<Long, List<String>> inputs = new HashMap<>();
        Map<Long, List<ModelOutput>> outputs = new HashMap<>();
        statements.list(
                "SELECT * FROM metric_last" + in, row -> list(metrics, row).add(Rows.metric(row)), ids);
        statements.list("SELECT * FROM run_param" + in, row -> put(params, row), ids);
        statements.list("SELECT * FROM run_tag" + in, row -> put(tags, row), ids);
        statements.list(
                "SELECT * FROM run_dataset JOIN dataset ON dataset.id = run_dataset.dataset" + in,
                row -> list(datasets, row).add(dataset(row)),
                ids);
        statements.list("SELECT * FROM run_model" + in, row -> model(row, inputs, outputs), ids);
        return rows.stream()
                .map(row -> new Run(
                        row.info(),
                        metrics.getOrDefault(row.id(), List.of()),
                        params.getOrDefault(row.id(), Map.of()),
                        tags.getOrDefault(row.id(), Map.of()),
                        datasets.getOrDefault(row.id(), List.of()),
                        inputs.getOrDefault(row.id(), List.of()),
                        outputs.getOrDefault(row.id(), List.of())))
                .toList();
    }

    /** As many as the next power of two, so that few statements are prepared; what is left over is bound to nothing. */
    private static String marks(List<Long> ids) {
        int size = ids.size() <= 1 ? 1 : Integer.highestOneBit(ids.size() - 1) * 2;
        while (ids.size() < size) {
            ids.add(-1L);
        }
        return Rows.marks(size);
    }

    private static <T> List<T> list(Map<Long, List<T>> all, ResultSet row) throws SQLException {
        return all.computeIfAbsent(row.getLong("run"), _ -> new ArrayList<>());
    }

    private static boolean put(Map<Long, Map<String, String>> all, ResultSet row) throws SQLException {
        all.computeIfAbsent(row.getLong("run"), _ -> new TreeMap<>()).put(row.getString("key"), row.getString("value"));
        return true;
    }

    private static boolean model(ResultSet row, Map<Long, List<String>> inputs, Map<Long, List<ModelOutput>> outputs)
            throws SQLException {
        String model = row.getString("model_id");
        return row.getString("direction").equals("input")
                ? list(inputs, row).add(model)
                : list(outputs, row).add(new ModelOutput(model, row.getLong("step")));
    }

    private static DatasetInput dataset(ResultSet row) throws SQLException {
        return new DatasetInput(
                row.getString("name"),
                row.getString("digest"),
                row.getString("source_type"),
                row.getString("source"),
                row.getString("schema"),
                row.getString("profile"),
                Rows.texts(row.getString("tags")));
    }
}
