package io.dougong.lake.iceberg;

import io.dougong.kernel.Row;
import io.dougong.lake.ImportOrder;
import io.dougong.lake.LakeTable;
import io.dougong.lake.Partitioning;
import io.dougong.lake.RowCursor;
import io.dougong.lake.ScanRequest;
import io.dougong.lake.SqlLimits;
import io.dougong.lake.duckdb.DuckDbBudget;
import io.dougong.lake.duckdb.DuckDbFiles;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.logging.Logger;
import java.util.stream.LongStream;

/**
 * Figures of one lake: rows per second appended in one commit, scanned, scanned sorted and aggregated. Arguments: a folder and
 * the number of rows, and a foreign file to import if there is one.
 */
final class LakeFigures {

    private static final Logger LOG = Logger.getLogger(LakeFigures.class.getName());

    private LakeFigures() {}

    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        long rows = Long.parseLong(arguments[1]);
        try (IcebergLake lake = Lakes.open(folder)) {
            for (Partitioning partitioning : new Partitioning[] {Partitioning.NONE, Partitioning.byMonth("at")}) {
                String name = "figures_" + partitioning.unit().name().toLowerCase(Locale.ROOT);
                LakeTable table = lake.create(name, Lakes.SCHEMA, partitioning);
                Iterator<Row> made =
                        LongStream.range(0, rows).mapToObj(Lakes::row).iterator();
                timed("append " + name, rows, () -> table.append(made, Lakes.at(0), Lakes.at(rows)));
                timed("scan " + name, rows, () -> drain(table.scan(ScanRequest.all())));
                timed(
                        "scan two columns " + name,
                        rows,
                        () -> drain(table.scan(ScanRequest.all().columns("id", "delay"))));
                timed(
                        "sorted scan " + name,
                        rows,
                        () -> drain(table.scan(ScanRequest.all().sortedBy("origin", "at"))));
                String sql = "select origin, count(*), avg(delay), max(\"at\") from " + name + " group by origin";
                timed("first aggregate " + name, rows, () -> lake.sql(sql, SqlLimits.DEFAULT));
                timed("next aggregate " + name, rows, () -> lake.sql(sql, SqlLimits.DEFAULT));
            }
        }
        if (arguments.length > 2) {
            DuckDbFiles files = new DuckDbFiles(DuckDbBudget.of(folder.resolve("spill")));
            Path file = Path.of(arguments[2]);
            timed("import", 3_000_000, () -> drain(files.read(file, ImportOrder.ALL)));
            timed("import sorted", 3_000_000, () -> drain(files.read(file, ImportOrder.sortedBy("date"))));
        }
    }

    private static void drain(RowCursor cursor) {
        try (cursor) {
            long count = 0;
            while (cursor.hasNext()) {
                cursor.next();
                count++;
            }
            LOG.fine("rows: " + count);
        }
    }

    private static void timed(String what, long rows, Runnable work) {
        long start = System.nanoTime();
        work.run();
        long millis = Math.max(1, (System.nanoTime() - start) / 1_000_000);
        Runtime runtime = Runtime.getRuntime();
        LOG.info(() -> "%s: %d ms, %,d rows/s, heap %d MB"
                .formatted(what, millis, rows * 1000 / millis, (runtime.totalMemory() - runtime.freeMemory()) >> 20));
    }
}
