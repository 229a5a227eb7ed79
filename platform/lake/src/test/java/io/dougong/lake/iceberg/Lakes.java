package io.dougong.lake.iceberg;

import io.dougong.kernel.Field;
import io.dougong.kernel.FieldType;
import io.dougong.kernel.Offsets;
import io.dougong.kernel.Row;
import io.dougong.kernel.Schema;
import io.dougong.kernel.StreamPartition;
import io.dougong.lake.duckdb.DuckDbBudget;
import io.dougong.lake.duckdb.DuckDbEngine;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;

/** A lake and rows to put into it: row n is the event of offset n. */
final class Lakes {

    static final Schema SCHEMA = Schema.of(
            Field.required("id", FieldType.INTEGER),
            Field.optional("origin", FieldType.STRING),
            Field.optional("delay", FieldType.NUMBER),
            Field.required("at", FieldType.TIMESTAMP));

    private static final StreamPartition PARTITION = new StreamPartition("departures", 0);
    private static final long MINUTE = 60_000_000L;

    private Lakes() {}

    static IcebergLake open(Path folder) {
        return new IcebergLake(
                folder.resolve("lake"),
                () -> UUID.randomUUID().toString(),
                new DuckDbEngine(DuckDbBudget.of(folder.resolve("spill"))));
    }

    static Offsets at(long offset) {
        return offset == 0 ? Offsets.NONE : Offsets.NONE.with(PARTITION, offset);
    }

    static long next(Offsets offsets) {
        return offsets.of(PARTITION);
    }

    static Row row(long id) {
        return Row.of(SCHEMA, id, "AIRPORT" + id * 7919 % 229, id * 31 % 1000 * 0.25, id * MINUTE);
    }

    static List<Row> rows(long from, long to) {
        return LongStream.range(from, to).mapToObj(Lakes::row).toList();
    }
}
