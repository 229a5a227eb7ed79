package io.dougong.lake.iceberg;

import io.dougong.kernel.Row;
import io.dougong.kernel.Schema;
import io.dougong.lake.DiskThreads;
import io.dougong.lake.LakeProblem;
import io.dougong.lake.ScanRequest.TimeRange;
import io.dougong.lake.SqlEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.CloseableIterator;
import org.apache.iceberg.parquet.Parquet;
import org.jspecify.annotations.Nullable;

/** Plans and reads one version of a table. */
final class TableScanner {

    /** Commit by commit, and within a commit as the files were begun. */
    private static final Comparator<DataFile> COMMIT_ORDER =
            Comparator.comparing(DataFile::dataSequenceNumber).thenComparing(file -> name(file.location()));

    private final Table table;
    private final String name;
    private final org.apache.iceberg.@Nullable Snapshot snapshot;
    private final org.apache.iceberg.Schema icebergSchema;
    private final Schema schema;

    private TableScanner(
            Table table,
            String name,
            org.apache.iceberg.@Nullable Snapshot snapshot,
            org.apache.iceberg.Schema icebergSchema) {
        this.table = table;
        this.name = name;
        this.snapshot = snapshot;
        this.icebergSchema = icebergSchema;
        this.schema = TableSchemas.schema(icebergSchema, table.properties().get(TableSchemas.FIELDS_PROPERTY));
    }

    /** The current schema over the current snapshot, if there is one. */
    static TableScanner current(Table table, String name) {
        return new TableScanner(table, name, table.currentSnapshot(), table.schema());
    }

    /** A snapshot with the schema that it was written with. */
    static TableScanner at(Table table, String name, org.apache.iceberg.Snapshot snapshot) {
        Integer schemaId = snapshot.schemaId();
        org.apache.iceberg.Schema written =
                schemaId == null ? null : table.schemas().get(schemaId);
        return new TableScanner(table, name, snapshot, written == null ? table.schema() : written);
    }

    Schema schema() {
        return schema;
    }

    List<DataFile> files(Optional<TimeRange> times) {
        if (snapshot == null) {
            return List.of();
        }
        TableScan scan = table.newScan().useSnapshot(snapshot.snapshotId());
        if (times.isPresent()) {
            scan = scan.filter(expression(times.get()));
        }
        List<DataFile> files = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks = scan.planFiles()) {
            tasks.forEach(task -> files.add(task.file()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        files.sort(COMMIT_ORDER);
        return files;
    }

    /** The files and columns for a SQL engine. */
    SqlEngine.Files sqlFiles(Optional<TimeRange> times) {
        List<SqlEngine.Column> columns = icebergSchema.columns().stream()
                .map(field -> new SqlEngine.Column(field.fieldId(), field.name(), TableSchemas.type(field.type())))
                .toList();
        List<Path> paths = files(times).stream()
                .map(file -> LocalFiles.path(file.location()))
                .toList();
        return new SqlEngine.Files(name, columns, paths);
    }

    /** Opens the rows of these columns, in commit order. */
    DiskThreads.RowSource open(List<String> columns, Optional<TimeRange> times) {
        return new Rows(projected(columns), times);
    }

    Schema projected(List<String> columns) {
        return columns.isEmpty()
                ? schema
                : Schema.of(columns.stream().map(schema::field).toList());
    }

    /** Rows of one file, all columns, for rewriting. */
    CloseableIterable<Row> rows(DataFile file) {
        return rows(file, schema, Optional.empty());
    }

    private CloseableIterable<Row> rows(DataFile file, Schema wanted, Optional<TimeRange> times) {
        org.apache.iceberg.Schema columns = new org.apache.iceberg.Schema(
                wanted.names().stream().map(icebergSchema::findField).toList());
        Parquet.ReadBuilder reading = Parquet.read(table.io().newInputFile(file.location()))
                .project(columns)
                .createReaderFunc(message -> RowParquet.reader(columns, wanted, message));
        if (times.isPresent()) {
            reading = reading.filter(expression(times.get()));
        }
        return reading.build();
    }

    private static Expression expression(TimeRange times) {
        return Expressions.and(
                Expressions.greaterThanOrEqual(times.field(), times.fromMicros()),
                Expressions.lessThan(times.field(), times.toMicros()));
    }

    private static String name(String location) {
        return location.substring(location.lastIndexOf('/') + 1);
    }

    LakeProblem corrupt(DataFile file, Throwable cause) {
        return LakeProblem.corrupt(LocalFiles.path(file.location()).toString(), name, cause);
    }

    private final class Rows implements DiskThreads.RowSource {

        private final Schema wanted;
        private final Schema read;
        private final Optional<TimeRange> times;
        private final int timePlace;
        private final Iterator<DataFile> files;
        private @Nullable DataFile file;
        private @Nullable CloseableIterator<Row> rows;

        /** The time column is read even if it is not wanted, and dropped again. */
        Rows(Schema wanted, Optional<TimeRange> times) {
            this.wanted = wanted;
            this.times = times;
            this.read = times.filter(range -> !wanted.has(range.field()))
                    .map(range -> with(wanted, range.field()))
                    .orElse(wanted);
            this.timePlace = times.map(range -> read.place(range.field())).orElse(-1);
            this.files = TableScanner.this.files(times).iterator();
        }

        private Schema with(Schema base, String field) {
            List<io.dougong.kernel.Field> fields = new ArrayList<>(base.fields());
            fields.add(schema.field(field));
            return Schema.of(fields);
        }

        @Override
        public @Nullable Row next() throws IOException {
            while (true) {
                Row row = advance();
                if (row == null || kept(row)) {
                    return row == null || read.size() == wanted.size() ? row : trimmed(row);
                }
            }
        }

        private @Nullable Row advance() throws IOException {
            while (rows == null || !hasNext(rows)) {
                close();
                if (!files.hasNext()) {
                    return null;
                }
                DataFile next = files.next();
                file = next;
                rows = located(() -> rows(next, read, times).iterator());
            }
            CloseableIterator<Row> current = rows;
            return located(current::next);
        }

        private boolean hasNext(CloseableIterator<Row> current) {
            return located(current::hasNext);
        }

        /** Damage is reported with the file that it is in. */
        private <T> T located(java.util.function.Supplier<T> reading) {
            try {
                return reading.get();
            } catch (RuntimeException failed) {
                throw file == null ? failed : corrupt(file, failed);
            }
        }

        private boolean kept(Row row) {
            return times.isEmpty()
                    || row.get(timePlace) instanceof Long time
                            && time >= times.get().fromMicros()
                            && time < times.get().toMicros();
        }

        private Row trimmed(Row row) {
            @Nullable Object[] values = new @Nullable Object[wanted.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = row.get(i);
            }
            return Row.of(wanted, values);
        }

        @Override
        public void close() throws IOException {
            if (rows != null) {
                rows.close();
                rows = null;
            }
        }
    }
}
