package io.dougong.apps.tabular;

import io.dougong.kernel.FieldType;
import io.dougong.kernel.Row;
import io.dougong.kernel.Schema;
import io.dougong.kernel.Times;
import io.dougong.lake.ExternalFiles;
import io.dougong.lake.ImportOrder;
import io.dougong.lake.RowCursor;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A Parquet file; its values are read as the texts that a CSV file would hold, so that one inference serves both. */
final class ParquetTable implements Table {

    private final ExternalFiles files;
    private final Path file;
    private final List<String> header;

    ParquetTable(ExternalFiles files, Path file) {
        this.files = files;
        this.file = file;
        try (RowCursor cursor = files.read(file, new ImportOrder(List.of(), List.of(), 1))) {
            if (!cursor.hasNext()) {
                throw TableProblem.empty(file);
            }
            this.header = cursor.next().schema().names();
        }
    }

    @Override
    public List<String> header() {
        return header;
    }

    @Override
    public String described() {
        return "Parquet";
    }

    @Override
    public void read(Sink sink) {
        @Nullable String[] values = new @Nullable String[header.size()];
        long line = 0;
        try (RowCursor cursor = files.read(file, ImportOrder.ALL)) {
            while (cursor.hasNext()) {
                Row row = cursor.next();
                for (int i = 0; i < values.length; i++) {
                    values[i] = text(row.schema(), i, row.get(i));
                }
                sink.row(++line, values);
            }
        }
    }

    private static @Nullable String text(Schema schema, int place, @Nullable Object value) {
        if (value instanceof Long micros && schema.field(place).type() == FieldType.TIMESTAMP) {
            return Times.instant(micros).toString();
        }
        return value == null ? null : Values.present(value.toString());
    }
}
