package io.dougong.lake;

import io.dougong.kernel.FieldType;
import io.dougong.kernel.Schema;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Answers SQL over exact lists of Parquet files. The SPI between a table format and an engine. */
public interface SqlEngine extends AutoCloseable {

    /** The tables that a query names, resolved to files when it names them. */
    interface Catalog {

        List<String> names();

        /** The table at the moment that the query asks for. */
        Files resolve(String table, When when);
    }

    /** Now, a snapshot, or a time: at most one of the two is present. */
    record When(OptionalLong snapshotId, OptionalLong atMicros) {
        public static final When NOW = new When(OptionalLong.empty(), OptionalLong.empty());
    }

    /** Columns are found in the files by their field id; one that a file lacks is null there. */
    record Column(int fieldId, String name, FieldType type) {}

    /** One version of a table. */
    record Files(String table, List<Column> columns, List<Path> paths) {
        public Files {
            columns = List.copyOf(columns);
            paths = List.copyOf(paths);
        }
    }

    SqlResult query(String sql, Catalog catalog, SqlLimits limits);

    /** Rows of the wanted columns, kept by the time range, in the requested total order. */
    RowCursor sorted(Files files, Schema wanted, Optional<ScanRequest.TimeRange> times, List<String> sortedBy);

    @Override
    void close();
}
