package io.dougong.learn;

import io.dougong.kernel.Field;
import io.dougong.kernel.Offsets;
import io.dougong.kernel.Row;
import io.dougong.kernel.Schema;
import io.dougong.lake.Compaction;
import io.dougong.lake.LakeTable;
import io.dougong.lake.Partitioning;
import io.dougong.lake.RowCursor;
import io.dougong.lake.ScanRequest;
import io.dougong.lake.Snapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A table of one snapshot that only knows how to be scanned. */
final class MemoryTable implements LakeTable {

    private final Schema schema;
    private final List<Row> rows = new ArrayList<>();

    MemoryTable(Schema schema) {
        this.schema = schema;
    }

    void add(@Nullable Object... values) {
        rows.add(Row.of(schema, values));
    }

    List<Row> rows() {
        return rows;
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public Partitioning partitioning() {
        return Partitioning.NONE;
    }

    @Override
    public Optional<Snapshot> current() {
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new Snapshot(42, 1, 0, "append", Offsets.NONE, rows.size(), 1));
    }

    @Override
    public RowCursor scan(ScanRequest request) {
        Schema asked = Schema.of(request.columns().stream().map(schema::field).toArray(Field[]::new));
        Comparator<Row> order = Comparator.comparing(_ -> 0);
        for (String column : request.sortedBy()) {
            order = order.thenComparingLong(row -> number(row, column));
        }
        ScanRequest.TimeRange range = request.times().orElseThrow();
        Iterator<Row> sorted = rows.stream()
                .filter(row -> number(row, range.field()) >= range.fromMicros()
                        && number(row, range.field()) < range.toMicros())
                .sorted(order)
                .map(row ->
                        Row.of(asked, request.columns().stream().map(row::get).toArray()))
                .iterator();
        return new RowCursor() {
            @Override
            public Schema schema() {
                return asked;
            }

            @Override
            public boolean hasNext() {
                return sorted.hasNext();
            }

            @Override
            public Row next() {
                return sorted.next();
            }

            @Override
            public void close() {}
        };
    }

    private static long number(Row row, String field) {
        return row.get(field) instanceof Long value ? value : 0;
    }

    @Override
    public Snapshot append(Iterator<Row> added, Offsets from, Offsets to) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Offsets offsets() {
        return Offsets.NONE;
    }

    @Override
    public List<Snapshot> snapshots() {
        return current().stream().toList();
    }

    @Override
    public Snapshot firstCovering(Offsets offsets) {
        return current().orElseThrow();
    }

    @Override
    public void evolve(Schema grown) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Compaction compact() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int expire(long olderThanMicros, int keepLast) {
        return 0;
    }

    @Override
    public int clean(long olderThanMicros) {
        return 0;
    }
}
