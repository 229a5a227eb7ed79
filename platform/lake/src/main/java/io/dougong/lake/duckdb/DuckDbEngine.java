package io.dougong.lake.duckdb;

import io.dougong.kernel.Schema;
import io.dougong.lake.DiskThreads;
import io.dougong.lake.LakeProblem;
import io.dougong.lake.RowCursor;
import io.dougong.lake.ScanRequest.TimeRange;
import io.dougong.lake.SqlEngine;
import io.dougong.lake.SqlLimits;
import io.dougong.lake.SqlResult;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Answers queries with DuckDB, each in a sandbox of its own, so many at a time and so long as its limits say. */
public final class DuckDbEngine implements SqlEngine {

    private static final int MAX_QUERY_CHARS = 100_000;
    private static final int VALUE_BYTES = 16;

    private final DuckDbBudget budget;
    private final DiskThreads disk;
    private final Semaphore running;
    private final ScheduledExecutorService watch;

    public DuckDbEngine(DuckDbBudget budget) {
        this.budget = budget;
        this.disk = new DiskThreads(budget.maxQueries());
        this.running = new Semaphore(budget.maxQueries());
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("lake-sql-watch").factory());
        timer.setRemoveOnCancelPolicy(true);
        this.watch = timer;
    }

    @Override
    public SqlResult query(String sql, Catalog catalog, SqlLimits limits) {
        if (sql.length() > MAX_QUERY_CHARS) {
            throw LakeProblem.badQuery("The query is longer than " + MAX_QUERY_CHARS + " characters", "", 0, 0);
        }
        if (!running.tryAcquire()) {
            throw LakeProblem.tooMany("queries", budget.maxQueries());
        }
        try {
            return disk.call(() -> checkedQuery(sql, catalog, limits));
        } finally {
            running.release();
        }
    }

    private SqlResult checkedQuery(String sql, Catalog catalog, SqlLimits limits) {
        AtomicBoolean late = new AtomicBoolean();
        try (Sandbox sandbox = Sandbox.open(budget)) {
            QueryCheck.Checked checked = QueryCheck.check(sandbox.connection(), sql, catalog);
            Set<Path> files = new LinkedHashSet<>();
            for (var views : checked.views().entrySet()) {
                for (Files view : views.getValue()) {
                    sandbox.view(views.getKey(), view);
                    files.addAll(view.paths());
                }
            }
            sandbox.lock(files);
            return run(sandbox, checked.sql(), limits, late);
        } catch (SQLException failed) {
            throw QueryErrors.of(sql, failed, late.get() ? limits.timeoutMillis() : null);
        }
    }

    private SqlResult run(Sandbox sandbox, String sql, SqlLimits limits, AtomicBoolean late) throws SQLException {
        try (Statement statement = sandbox.connection().createStatement()) {
            var alarm = watch.schedule(() -> cancel(statement, late), limits.timeoutMillis(), TimeUnit.MILLISECONDS);
            try (ResultSet results = statement.executeQuery(sql)) {
                return read(results, limits);
            } finally {
                alarm.cancel(false);
            }
        } catch (SQLException failed) {
            throw late.get() ? failed : sandbox.reason(sql, failed);
        }
    }

    private static @Nullable Void cancel(Statement statement, AtomicBoolean late) throws SQLException {
        late.set(true);
        statement.cancel();
        return null;
    }

    private static SqlResult read(ResultSet results, SqlLimits limits) throws SQLException {
        List<SqlResult.SqlColumn> columns = columns(results.getMetaData());
        List<List<@Nullable Object>> rows = new ArrayList<>();
        long bytes = 0;
        while (results.next()) {
            List<@Nullable Object> row = row(results, columns);
            bytes += size(row);
            if (rows.size() == limits.maxRows() || bytes > limits.maxBytes()) {
                return new SqlResult(columns, rows, true);
            }
            rows.add(row);
        }
        return new SqlResult(columns, rows, false);
    }

    private static List<SqlResult.SqlColumn> columns(ResultSetMetaData metadata) throws SQLException {
        List<SqlResult.SqlColumn> columns = new ArrayList<>();
        for (int i = 1; i <= metadata.getColumnCount(); i++) {
            columns.add(new SqlResult.SqlColumn(metadata.getColumnName(i), Values.type(metadata.getColumnTypeName(i))));
        }
        return List.copyOf(columns);
    }

    private static List<@Nullable Object> row(ResultSet results, List<SqlResult.SqlColumn> columns)
            throws SQLException {
        List<@Nullable Object> row = new ArrayList<>(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            try {
                row.add(Values.value(results, i + 1, columns.get(i).type()));
            } catch (ArithmeticException _) {
                throw LakeProblem.badQuery(
                        "Column '" + columns.get(i).name() + "' holds a number that needs more than 64 bits",
                        "Cast it to DOUBLE or VARCHAR.",
                        0,
                        0);
            }
        }
        return row;
    }

    private static long size(List<@Nullable Object> row) {
        long bytes = 0;
        for (Object value : row) {
            bytes += VALUE_BYTES + (value instanceof String text ? 2L * text.length() : 0);
        }
        return bytes;
    }

    @Override
    public RowCursor sorted(Files files, Schema wanted, Optional<TimeRange> times, List<String> sortedBy) {
        String sql = "SELECT " + Sandbox.names(wanted.names()) + " FROM (" + Sandbox.relation(files) + ")"
                + times.map(DuckDbEngine::condition).orElse("") + " ORDER BY " + order(sortedBy, wanted.names());
        return disk.cursor(wanted, () -> QueryRows.open(budget, files.paths(), sql, wanted));
    }

    private static String condition(TimeRange times) {
        String column = Sandbox.name(times.field());
        return " WHERE " + column + " >= make_timestamptz(" + times.fromMicros() + ") AND " + column
                + " < make_timestamptz(" + times.toMicros() + ")";
    }

    /** The wanted columns first, then all others: rows that are equal in all of them cannot be told apart. */
    static String order(List<String> first, List<String> all) {
        return Stream.concat(first.stream(), all.stream())
                .distinct()
                .map(name -> Sandbox.name(name) + " ASC NULLS LAST")
                .collect(Collectors.joining(", "));
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }
}
