package io.dougong.flow.embedded;

import io.dougong.flow.EventCodec;
import io.dougong.flow.FlowProblem;
import io.dougong.flow.Journal;
import io.dougong.flow.Run;
import io.dougong.flow.RunEvent;
import io.dougong.flow.RunStatus;
import io.dougong.flow.StepOutcome;
import io.dougong.kernel.MetadataDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** A journal in one SQLite file, for one node at a time. */
public final class SqliteJournal implements Journal {

    private static final String RUN_COLUMNS =
            "id, workflow, definition, status, start_key, parent, parent_path, origin, reason,"
                    + " accepted_micros, ended_micros";

    private final Jdbi jdbi;
    private final long generation;
    private final Committer committer;

    private SqliteJournal(Jdbi jdbi, long generation) {
        this.jdbi = jdbi;
        this.generation = generation;
        this.committer = new Committer(jdbi, generation);
    }

    /** Begins a new generation. */
    public static SqliteJournal open(Path file) {
        return open(MetadataDatabase.open(file).migrated("flow"));
    }

    /** A journal that has a file of its own, made in no time: without the history of migrations that a lasting file needs. */
    public static SqliteJournal own(Path file) {
        Jdbi jdbi = MetadataDatabase.open(file).jdbi();
        try (InputStream script = SqliteJournal.class.getResourceAsStream("/db/flow/V1__flow.sql")) {
            if (script == null) {
                throw new IllegalStateException("the tables of db/flow are not on the class path");
            }
            String tables = new String(script.readAllBytes(), StandardCharsets.UTF_8);
            jdbi.useHandle(handle -> {
                boolean there = handle.createQuery("SELECT count(*) FROM sqlite_master WHERE name = 'flow_node'")
                        .mapTo(Boolean.class)
                        .one();
                if (!there) {
                    int[] _ = handle.createScript(tables).execute();
                }
            });
        } catch (IOException | JdbiException unusable) {
            throw FlowProblem.journal("opened", unusable);
        }
        return open(jdbi);
    }

    /** Over a database that has the tables of {@code db/flow}. */
    public static SqliteJournal open(Jdbi jdbi) {
        try {
            long generation = jdbi.inTransaction(handle -> {
                handle.execute("UPDATE flow_node SET generation = generation + 1");
                return Committer.newest(handle);
            });
            SqliteJournal journal = new SqliteJournal(jdbi, generation);
            journal.committer.start();
            return journal;
        } catch (JdbiException unusable) {
            throw FlowProblem.journal("opened", unusable);
        }
    }

    @Override
    public long generation() {
        return generation;
    }

    @Override
    public CompletableFuture<Void> append(Entry entry) {
        return committer.append(entry);
    }

    @Override
    public Optional<String> definition(String digest) {
        return read(handle -> handle.createQuery("SELECT document FROM flow_definition WHERE digest = :digest")
                .bind("digest", digest)
                .mapTo(String.class)
                .findOne());
    }

    @Override
    public List<Applied> workflows() {
        return read(handle -> handle.createQuery("SELECT name, digest, applied_micros FROM flow_workflow ORDER BY name")
                .map((row, _) -> new Applied(row.getString(1), row.getString(2), row.getLong(3)))
                .list());
    }

    @Override
    public Optional<Run> run(String id) {
        return read(handle -> handle.createQuery("SELECT " + RUN_COLUMNS + " FROM flow_run WHERE id = :id")
                .bind("id", id)
                .map((row, _) -> run(row))
                .findOne());
    }

    @Override
    public Optional<Run> runByKey(String key) {
        return read(handle -> handle.createQuery("SELECT " + RUN_COLUMNS + " FROM flow_run WHERE start_key = :key")
                .bind("key", key)
                .map((row, _) -> run(row))
                .findOne());
    }

    @Override
    public List<Run> runs(Query query) {
        String which = (query.openOnly() ? " AND ended_micros = 0" : "")
                + (query.workflow().isPresent() ? " AND workflow = :workflow" : "");
        return read(handle -> handle.createQuery("SELECT " + RUN_COLUMNS + " FROM flow_run WHERE 1 = 1" + which
                        + " ORDER BY accepted_micros DESC, id DESC LIMIT :most")
                .bind("most", query.most())
                .bindMap(query.workflow()
                        .<java.util.Map<String, ?>>map(name -> java.util.Map.of("workflow", name))
                        .orElse(java.util.Map.of()))
                .map((row, _) -> run(row))
                .list());
    }

    private static Run run(ResultSet row) throws SQLException {
        String key = row.getString("start_key");
        return new Run(
                row.getString("id"),
                row.getString("workflow"),
                row.getString("definition"),
                RunStatus.valueOf(row.getString("status")),
                key == null ? "" : key,
                row.getString("parent"),
                row.getString("parent_path"),
                row.getString("origin"),
                row.getString("reason"),
                row.getLong("accepted_micros"),
                row.getLong("ended_micros"));
    }

    @Override
    public List<RunEvent> events(String run) {
        return read(handle -> handle.createQuery("SELECT body FROM flow_event WHERE run = :run ORDER BY seq")
                .bind("run", run)
                .map((row, _) -> EventCodec.read(row.getString(1)))
                .list());
    }

    @Override
    public Optional<StepOutcome> kept(String key, long sinceMicros) {
        return read(handle -> handle.createQuery(
                        "SELECT outcome FROM flow_kept WHERE cache_key = :key AND at_micros >= :since")
                .bind("key", key)
                .bind("since", sinceMicros)
                .map((row, _) -> EventCodec.readOutcome(row.getString(1)))
                .findOne());
    }

    @Override
    public List<Signal> signals(String name, long sinceMicros) {
        return read(handle -> handle.createQuery("SELECT id, name, keys, payload, by_whom, at_micros FROM flow_signal"
                        + " WHERE name = :name AND at_micros >= :since ORDER BY at_micros, id")
                .bind("name", name)
                .bind("since", sinceMicros)
                .map((row, _) -> new Signal(
                        row.getString(1),
                        row.getString(2),
                        EventCodec.readValues(row.getString(3)),
                        EventCodec.readValues(row.getString(4)),
                        row.getString(5),
                        row.getLong(6)))
                .list());
    }

    private <T> T read(Function<Handle, T> reading) {
        try {
            return jdbi.withHandle(reading::apply);
        } catch (JdbiException unreadable) {
            throw FlowProblem.journal("read", unreadable);
        }
    }

    @Override
    public void close() {
        committer.close();
    }
}
