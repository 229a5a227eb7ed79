package io.dougong.lake.duckdb;

import io.dougong.kernel.Row;
import io.dougong.kernel.Schema;
import io.dougong.lake.DiskThreads;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Streams the rows of a query of our own making. */
final class QueryRows implements DiskThreads.RowSource {

    private final Sandbox sandbox;
    private final String sql;
    private final Schema schema;
    private @Nullable Statement statement;
    private @Nullable ResultSet results;

    private QueryRows(Sandbox sandbox, String sql, Schema schema) {
        this.sandbox = sandbox;
        this.sql = sql;
        this.schema = schema;
    }

    static QueryRows open(DuckDbBudget budget, List<Path> files, String sql, Schema schema) throws SQLException {
        QueryRows rows = new QueryRows(Sandbox.open(budget), sql, schema);
        try {
            rows.sandbox.lock(files);
            return rows;
        } catch (SQLException failed) {
            rows.close();
            throw failed;
        }
    }

    @Override
    public @Nullable Row next() {
        try {
            ResultSet open = results();
            if (!open.next()) {
                return null;
            }
            @Nullable Object[] values = new @Nullable Object[schema.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = Values.value(open, i + 1, schema.field(i).type());
            }
            return Row.of(schema, values);
        } catch (SQLException failed) {
            throw QueryErrors.of(sql, sandbox.reason(sql, failed), null);
        }
    }

    private ResultSet results() throws SQLException {
        if (results == null) {
            statement = sandbox.connection().createStatement();
            results = statement.executeQuery(sql);
        }
        return results;
    }

    @Override
    public void close() throws SQLException {
        try (sandbox) {
            if (statement != null) {
                statement.close();
            }
        }
    }
}
