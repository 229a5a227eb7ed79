package io.dougong.lake.duckdb;

import io.dougong.lake.SqlEngine;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A fresh in-memory DuckDB for one query: views over the given files, no other file, no network, no extension, and no way to
 * change any of this (settings {@code allowed_paths}, {@code enable_external_access}, {@code lock_configuration}).
 */
final class Sandbox implements AutoCloseable {

    private static final int REASON_TIMEOUT_SECONDS = 60;
    private static final Pattern LINE = Pattern.compile("LINE (\\d+)");

    private final Connection connection;

    private Sandbox(Connection connection) {
        this.connection = connection;
    }

    static Sandbox open(DuckDbBudget budget) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("jdbc_stream_results", "true");
        Sandbox sandbox = new Sandbox(DriverManager.getConnection("jdbc:duckdb:", properties));
        try {
            sandbox.set("threads", Integer.toString(budget.threads()));
            sandbox.set("memory_limit", text(budget.memoryMegabytes() + "MB"));
            sandbox.set("temp_directory", text(budget.spillFolder().toString()));
            sandbox.set("max_temp_directory_size", text(budget.spillMegabytes() + "MB"));
            sandbox.set("TimeZone", text("UTC"));
            sandbox.set("allow_community_extensions", "false");
            sandbox.set("autoinstall_known_extensions", "false");
            sandbox.set("autoload_known_extensions", "false");
            return sandbox;
        } catch (SQLException failed) {
            sandbox.close();
            throw failed;
        }
    }

    /** A view of these files, by field id. */
    void view(String schema, SqlEngine.Files files) throws SQLException {
        run("CREATE SCHEMA IF NOT EXISTS " + name(schema));
        run("CREATE VIEW " + name(schema) + "." + name(files.table()) + " AS " + relation(files));
    }

    static String relation(SqlEngine.Files files) {
        if (files.paths().isEmpty()) {
            return files.columns().stream()
                    .map(column -> "CAST(NULL AS " + Values.sqlType(column.type()) + ") AS " + name(column.name()))
                    .collect(Collectors.joining(", ", "SELECT ", " WHERE false"));
        }
        String columns = files.columns().stream()
                .map(column -> column.fieldId() + ": {name: " + text(column.name()) + ", type: "
                        + text(Values.sqlType(column.type())) + ", default_value: NULL}")
                .collect(Collectors.joining(", ", "MAP {", "}"));
        return "SELECT * FROM read_parquet(" + list(files.paths()) + ", hive_partitioning = false, schema = " + columns
                + ")";
    }

    /** From here on nothing but these files can be reached, and no setting changed. */
    void lock(Collection<Path> files) throws SQLException {
        set("allowed_paths", list(files));
        set("enable_external_access", "false");
        set("lock_configuration", "true");
    }

    Connection connection() {
        return connection;
    }

    /**
     * Why a streamed result broke off. The driver says no more than "Invalid result set" then, but tells the reason when the
     * same query runs to its end inside EXPLAIN ANALYZE, which stands on a line of its own here.
     */
    SQLException reason(String sql, SQLException brokenOff) {
        if (!String.valueOf(brokenOff.getMessage()).contains("Invalid result set")) {
            return brokenOff;
        }
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(REASON_TIMEOUT_SECONDS);
            statement.execute("EXPLAIN ANALYZE\n" + sql);
            return brokenOff;
        } catch (SQLException reason) {
            return new SQLException(
                    LINE.matcher(String.valueOf(reason.getMessage()))
                            .replaceFirst(line -> "LINE " + (Integer.parseInt(line.group(1)) - 1)),
                    reason);
        }
    }

    private void set(String setting, String value) throws SQLException {
        run("SET " + setting + " = " + value);
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static String list(Collection<Path> paths) {
        return paths.stream().map(path -> text(path.toString())).collect(Collectors.joining(", ", "[", "]"));
    }

    static String name(String identifier) {
        return "\"" + identifier.replace("\"", "\"\"") + "\"";
    }

    static String names(List<String> identifiers) {
        return identifiers.stream().map(Sandbox::name).collect(Collectors.joining(", "));
    }

    static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
