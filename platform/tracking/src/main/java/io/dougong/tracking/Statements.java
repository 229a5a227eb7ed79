package io.dougong.tracking;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Statements of one connection, prepared once and kept. For one thread at a time. */
final class Statements implements AutoCloseable {

    private static final int MOST_KEPT = 256;

    /** Reads one row. */
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private final Connection connection;
    private final Map<String, PreparedStatement> kept = new HashMap<>();
    /** How many results are open: a reader may ask other statements meanwhile. */
    private int reading;

    Statements(Handle handle) {
        this.connection = handle.getConnection();
    }

    /** The rows changed. */
    int execute(String sql, @Nullable Object... values) {
        try {
            PreparedStatement statement = bound(sql, values);
            return statement.execute() ? 0 : statement.getUpdateCount();
        } catch (SQLException failed) {
            throw new DatabaseFailure(failed);
        }
    }

    <T> List<T> list(String sql, Reader<T> reader, @Nullable Object... values) {
        return list(sql, reader, List.of(), values);
    }

    /** @param more bound after the values */
    <T> List<T> list(String sql, Reader<T> reader, List<?> more, @Nullable Object... values) {
        try {
            PreparedStatement statement = bound(sql, values);
            for (int i = 0; i < more.size(); i++) {
                statement.setObject(values.length + i + 1, more.get(i));
            }
            return rows(statement, reader);
        } catch (SQLException failed) {
            throw new DatabaseFailure(failed);
        }
    }

    private <T> List<T> rows(PreparedStatement statement, Reader<T> reader) throws SQLException {
        List<T> rows = new ArrayList<>();
        reading++;
        try (ResultSet found = statement.executeQuery()) {
            while (found.next()) {
                rows.add(reader.read(found));
            }
        } finally {
            reading--;
        }
        return rows;
    }

    <T> Optional<T> find(String sql, Reader<T> reader, @Nullable Object... values) {
        return list(sql, reader, values).stream().findFirst();
    }

    private PreparedStatement bound(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = kept.get(sql);
        if (statement == null) {
            if (kept.size() >= MOST_KEPT && reading == 0) {
                forget();
            }
            statement = connection.prepareStatement(sql);
            kept.put(sql, statement);
        }
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    private void forget() throws SQLException {
        for (PreparedStatement statement : kept.values()) {
            statement.close();
        }
        kept.clear();
    }

    @Override
    public void close() {
        try {
            forget();
        } catch (SQLException failed) {
            throw new DatabaseFailure(failed);
        }
    }

    /** The database failed; its cause says how. */
    static final class DatabaseFailure extends RuntimeException {
        private DatabaseFailure(SQLException cause) {
            super(cause);
        }
    }
}
