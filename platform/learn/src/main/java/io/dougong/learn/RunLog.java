package io.dougong.learn;

import io.dougong.kernel.Ids;
import io.dougong.kernel.Json;
import io.dougong.kernel.MetadataDatabase;
import io.dougong.kernel.Problem;
import io.dougong.kernel.Times;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The record of every run: what went in, what came out, or why nothing did. Survives restarts. */
public final class RunLog {

    private static final int MOST_LISTED = 1000;

    private final Jdbi jdbi;
    private final Ids ids;
    private final InstantSource clock;

    /** Opens the log; runs that some earlier process left running are marked interrupted. */
    public RunLog(MetadataDatabase database, Ids ids, InstantSource clock) {
        this.jdbi = database.migrated("learn");
        this.ids = ids;
        this.clock = clock;
        markInterrupted();
    }

    private void markInterrupted() {
        jdbi.useHandle(handle -> handle.execute(
                "UPDATE run SET state = 'INTERRUPTED', ended_micros = ?, failure = ? WHERE state = 'RUNNING'",
                now(),
                "The process ended while this was running."));
    }

    /** @param parameters as the trainer and the split got them */
    TrainingRun start(String application, String model, String codeVersion, long seed, Map<String, String> parameters) {
        String runId = ids.next();
        long started = now();
        jdbi.useHandle(handle -> handle.execute(
                "INSERT INTO run VALUES (?, ?, ?, 'RUNNING', ?, NULL, ?, ?, ?, NULL, NULL)",
                runId,
                application,
                model,
                started,
                codeVersion,
                seed,
                Json.text(parameters)));
        return new TrainingRun(
                runId,
                application,
                model,
                TrainingRun.State.RUNNING,
                started,
                null,
                codeVersion,
                seed,
                parameters,
                null,
                null);
    }

    TrainingRun finished(String runId, TrainingRun.Outcome outcome) {
        end(runId, TrainingRun.State.FINISHED, Json.text(outcome), null);
        return run(runId);
    }

    TrainingRun failed(String runId, Throwable failure) {
        String reason = failure instanceof Problem problem ? problem.explained() : failure.toString();
        end(runId, TrainingRun.State.FAILED, null, reason);
        return run(runId);
    }

    private void end(String runId, TrainingRun.State state, @Nullable String outcome, @Nullable String failure) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "UPDATE run SET state = :state, ended_micros = :ended, outcome = :outcome, failure = :failure"
                                + " WHERE run_id = :run")
                .bind("state", state.name())
                .bind("ended", now())
                .bind("outcome", outcome)
                .bind("failure", failure)
                .bind("run", runId)
                .execute());
    }

    /** The run, or {@link LearnProblem.UnknownRun}. */
    public TrainingRun run(String runId) {
        return find(runId).orElseThrow(() -> LearnProblem.unknownRun(runId));
    }

    public Optional<TrainingRun> find(String runId) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM run WHERE run_id = ?")
                .bind(0, runId)
                .map((row, _) -> read(row))
                .findOne());
    }

    /** The newest first, at most 1,000. */
    public List<TrainingRun> list(String application, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM run WHERE application = ?"
                        + " ORDER BY started_micros DESC, run_id DESC LIMIT ?")
                .bind(0, application)
                .bind(1, Math.min(limit, MOST_LISTED))
                .map((row, _) -> read(row))
                .list());
    }

    /** The runs of one model, the newest first, at most 1,000. */
    public List<TrainingRun> list(String application, String model, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM run WHERE application = ? AND model = ?"
                        + " ORDER BY started_micros DESC, run_id DESC LIMIT ?")
                .bind(0, application)
                .bind(1, model)
                .bind(2, Math.min(limit, MOST_LISTED))
                .map((row, _) -> read(row))
                .list());
    }

    private static TrainingRun read(ResultSet row) throws SQLException {
        long ended = row.getLong("ended_micros");
        Long endedMicros = row.wasNull() ? null : ended;
        return new TrainingRun(
                row.getString("run_id"),
                row.getString("application"),
                row.getString("model"),
                TrainingRun.State.valueOf(row.getString("state")),
                row.getLong("started_micros"),
                endedMicros,
                row.getString("code_version"),
                row.getLong("seed"),
                parameters(row.getString("parameters")),
                outcome(row.getString("outcome")),
                row.getString("failure"));
    }

    private static Map<String, String> parameters(String json) {
        Map<String, String> parameters = new TreeMap<>();
        Json.tree(json.getBytes(StandardCharsets.UTF_8))
                .properties()
                .forEach(
                        entry -> parameters.put(entry.getKey(), entry.getValue().asText()));
        return parameters;
    }

    private static TrainingRun.@Nullable Outcome outcome(@Nullable String json) {
        return json == null ? null : Json.read(json.getBytes(StandardCharsets.UTF_8), TrainingRun.Outcome.class);
    }

    private long now() {
        return Times.micros(clock.instant());
    }
}
