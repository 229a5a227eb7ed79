package io.dougong.lake.duckdb;

import io.dougong.kernel.Field;
import io.dougong.kernel.Schema;
import io.dougong.lake.DiskThreads;
import io.dougong.lake.ExternalFiles;
import io.dougong.lake.ImportOrder;
import io.dougong.lake.LakeProblem;
import io.dougong.lake.RowCursor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads foreign files with DuckDB; a sort that does not fit into memory spills to disk. */
public final class DuckDbFiles implements ExternalFiles {

    private static final int MAX_OPEN = 8;

    private final DuckDbBudget budget;
    private final DiskThreads disk = new DiskThreads(MAX_OPEN);

    public DuckDbFiles(DuckDbBudget budget) {
        this.budget = budget;
    }

    @Override
    public RowCursor read(Path file, ImportOrder order) {
        Path path = file.toAbsolutePath().normalize();
        if (!Files.isRegularFile(path)) {
            throw LakeProblem.foreign(path.toString(), "there is no such file");
        }
        String relation = relation(path);
        Schema all = disk.call(() -> describe(path, relation));
        Schema schema = order.columns().isEmpty()
                ? all
                : Schema.of(order.columns().stream().map(all::field).toList());
        order.sortedBy().forEach(schema::place);
        String sql = "SELECT " + Sandbox.names(schema.names()) + " FROM " + relation
                + (order.sortedBy().isEmpty()
                        ? ""
                        : " ORDER BY " + DuckDbEngine.order(order.sortedBy(), schema.names()))
                + (order.maxRows() == Long.MAX_VALUE ? "" : " LIMIT " + order.maxRows());
        return disk.cursor(schema, () -> QueryRows.open(budget, List.of(path), sql, schema));
    }

    private static String relation(Path path) {
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        String file = Sandbox.text(path.toString());
        if (name.endsWith(".parquet")) {
            return "read_parquet(" + file + ", hive_partitioning = false)";
        }
        if (name.endsWith(".csv") || name.endsWith(".csv.gz") || name.endsWith(".tsv")) {
            return "read_csv(" + file + ", header = true, hive_partitioning = false)";
        }
        throw LakeProblem.foreign(path.toString(), "its name ends neither in .parquet nor in .csv, .csv.gz or .tsv");
    }

    private Schema describe(Path path, String relation) {
        try (Sandbox sandbox = Sandbox.open(budget)) {
            sandbox.lock(List.of(path));
            try (Statement statement = sandbox.connection().createStatement();
                    ResultSet results = statement.executeQuery("SELECT * FROM " + relation + " LIMIT 0")) {
                ResultSetMetaData metadata = results.getMetaData();
                List<Field> fields = new ArrayList<>();
                for (int i = 1; i <= metadata.getColumnCount(); i++) {
                    fields.add(Field.optional(metadata.getColumnName(i), Values.type(metadata.getColumnTypeName(i))));
                }
                return Schema.of(fields);
            }
        } catch (SQLException failed) {
            throw LakeProblem.foreign(
                    path.toString(),
                    String.valueOf(failed.getMessage()).lines().findFirst().orElse(""));
        }
    }
}
