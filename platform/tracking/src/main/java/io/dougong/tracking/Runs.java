package io.dougong.tracking;

import io.dougong.kernel.Ids;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The runs. What writes completes once it is durable. */
public final class Runs {

    private final Committer committer;
    private final Readers readers;
    private final Ids ids;
    private final InstantSource clock;

    Runs(Committer committer, Readers readers, Ids ids, InstantSource clock) {
        this.committer = committer;
        this.readers = readers;
        this.ids = ids;
        this.clock = clock;
    }

    public CompletableFuture<Run> create(RunStart start) {
        Limits.count("tags", start.tags().size(), Limits.MOST_ENTITIES);
        start.tags().keySet().forEach(key -> Limits.key("tags.key", key));
        Limits.atMost("user_id", start.userId(), Limits.KEY_LENGTH);
        return committer.submit(statements -> {
            Experiments.unmanaged(statements, start.experimentId());
            return begin(statements, start);
        });
    }

    Run begin(Statements statements, RunStart start) {
        Experiment experiment = Experiments.active(statements, start.experimentId());
        String runId = start.runId() == null ? ids.next().replace("-", "") : start.runId();
        String given = start.name() == null || start.name().isEmpty()
                ? start.tags().getOrDefault(RunLogging.NAME_TAG, "")
                : start.name();
        String name = Limits.runName(given.isEmpty() ? RunNames.of(runId) : given);
        statements.execute(
                "INSERT INTO run (run_id, experiment, name, user_id, status, start_millis, artifact_uri, lifecycle)"
                        + " VALUES (?, ?, ?, ?, 'RUNNING', ?, ?, 'active')",
                runId,
                experiment.id(),
                name,
                start.userId(),
                start.startMillis() == 0 ? clock.millis() : start.startMillis(),
                experiment.artifactLocation() + "/" + runId + "/artifacts");
        RunRows rows = new RunRows(statements);
        RunRows.Row row = rows.needed(runId);
        RunLogging logging = new RunLogging(statements, row);
        RunLogging.named(start.tags(), name).forEach(logging::tag);
        return rows.whole(row);
    }

    /** @throws TrackingProblem if there is none */
    public Run get(String runId) {
        return readers.read(statements -> {
            RunRows rows = new RunRows(statements);
            return rows.whole(rows.needed(runId));
        });
    }

    public CompletableFuture<RunInfo> update(String runId, RunUpdate update) {
        return committer.submit(statements -> {
            RunRows.Row row = writable(statements, runId);
            change(statements, row, update);
            return new RunRows(statements).needed(runId).info();
        });
    }

    static void change(Statements statements, RunRows.Row row, RunUpdate update) {
        if (update.status() != null) {
            statements.execute(
                    "UPDATE run SET status = ? WHERE id = ?", update.status().name(), row.id());
        }
        if (update.endMillis() != null) {
            statements.execute("UPDATE run SET end_millis = ? WHERE id = ?", update.endMillis(), row.id());
        }
        if (update.name() != null && !update.name().isEmpty()) {
            new RunLogging(statements, row).tag(RunLogging.NAME_TAG, Limits.runName(update.name()));
        }
    }

    public CompletableFuture<Void> delete(String runId) {
        return write(statements -> lifecycle(statements, writable(statements, runId), Lifecycle.DELETED));
    }

    public CompletableFuture<Void> restore(String runId) {
        return write(statements -> {
            RunRows.Row row = unmanaged(statements, runId);
            if (row.info().lifecycle() == Lifecycle.ACTIVE) {
                throw TrackingProblem.notDeleted("run", runId);
            }
            lifecycle(statements, row, Lifecycle.ACTIVE);
        });
    }

    private static void lifecycle(Statements statements, RunRows.Row row, Lifecycle to) {
        statements.execute("UPDATE run SET lifecycle = ? WHERE id = ?", to.label(), row.id());
    }

    /** All or nothing. */
    public CompletableFuture<Void> log(String runId, Batch batch) {
        Limits.checked(batch);
        return write(statements -> new RunLogging(statements, writable(statements, runId)).log(batch));
    }

    public CompletableFuture<Void> deleteTag(String runId, String key) {
        return write(statements -> new RunLogging(statements, writable(statements, runId)).deleteTag(key));
    }

    public CompletableFuture<Void> logInputs(String runId, List<DatasetInput> datasets, List<String> modelIds) {
        Limits.count("datasets", datasets.size(), Limits.MOST_DATASETS);
        Limits.count("models", modelIds.size(), Limits.MOST_ENTITIES);
        datasets.forEach(Limits::checked);
        return write(statements -> {
            RunRows.Row row = writable(statements, runId);
            new RunLogging(statements, row).inputs(row.info().experimentId(), datasets, modelIds);
        });
    }

    public CompletableFuture<Void> logOutputs(String runId, List<Run.ModelOutput> models) {
        Limits.count("models", models.size(), Limits.MOST_ENTITIES);
        return write(statements -> new RunLogging(statements, writable(statements, runId)).outputs(models));
    }

    private interface Writing {
        void write(Statements statements);
    }

    @SuppressWarnings("NullAway") // completes with nothing
    private CompletableFuture<Void> write(Writing writing) {
        return committer.submit(statements -> {
            writing.write(statements);
            return null;
        });
    }

    private static RunRows.Row writable(Statements statements, String runId) {
        RunRows.Row row = unmanaged(statements, runId);
        if (row.info().lifecycle() != Lifecycle.ACTIVE) {
            throw TrackingProblem.deleted("run", runId);
        }
        return row;
    }

    private static RunRows.Row unmanaged(Statements statements, String runId) {
        RunRows.Row row = new RunRows(statements).needed(runId);
        boolean managed = statements
                .find(
                        "SELECT 1 FROM experiment_tag WHERE experiment = ? AND key = ?",
                        _ -> true,
                        row.info().experimentId(),
                        Experiments.MANAGED_TAG)
                .isPresent();
        if (managed) {
            throw TrackingProblem.managed("Run", runId);
        }
        return row;
    }

    /** Every point of a metric by step and time, a page at a time. */
    public Page<Metric> history(String runId, String key, int most, String pageToken) {
        int count = Math.clamp(most, 1, Limits.MOST_POINTS_A_PAGE);
        String identity = "history " + runId + " " + key;
        long from = PageToken.offset(pageToken, identity);
        return readers.read(statements -> {
            long run = new RunRows(statements).needed(runId).id();
            List<Metric> points = statements.list(
                    "SELECT * FROM metric_point WHERE run = ? AND key = ? ORDER BY step, timestamp_millis, value, nan"
                            + " LIMIT ? OFFSET ?",
                    Rows::metric,
                    run,
                    key,
                    count + 1,
                    from);
            boolean more = points.size() > count;
            return new Page<>(
                    more ? points.subList(0, count) : points,
                    more ? PageToken.at(from + count, identity) : Optional.empty());
        });
    }

    /** Runs of these experiments, by default the newest first. */
    public Page<Run> search(List<String> experimentIds, Search search) {
        RunSearch query = new RunSearch(experimentIds, search);
        return readers.read(query::page);
    }
}
