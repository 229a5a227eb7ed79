package io.dougong.lake.iceberg;

import io.dougong.kernel.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.parquet.Parquet;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows to Parquet files, one open file per partition. At most {@value #MAX_OPEN} are open: past that the least recently
 * used one is finished, so that memory stays bounded however the rows are mixed; compaction joins the pieces.
 */
final class TableWriter {

    static final int MAX_OPEN = 8;

    private final Table table;
    private final String commit;
    private final long targetFileBytes;
    private final Set<String> pending;
    private final PartitionKey key;
    private final RowParquet.RowStruct struct = new RowParquet.RowStruct();
    private final Map<PartitionKey, DataWriter<Row>> open = new LinkedHashMap<>(16, 0.75f, true);
    private final List<DataFile> done = new ArrayList<>();
    private final List<String> locations = new ArrayList<>();
    private @Nullable PartitionKey lastKey;
    private @Nullable DataWriter<Row> lastWriter;

    /**
     * @param commit unique part of the file names
     * @param pending where names of files that no snapshot uses yet are noted, against cleaning
     */
    TableWriter(Table table, String commit, long targetFileBytes, Set<String> pending) {
        this.table = table;
        this.commit = commit;
        this.targetFileBytes = targetFileBytes;
        this.pending = pending;
        this.key = new PartitionKey(table.spec(), table.schema());
    }

    /** @param row of the table's own schema */
    void write(Row row) {
        key.partition(struct.wrap(row));
        DataWriter<Row> writer = writer();
        writer.write(row);
        if (writer.length() >= targetFileBytes) {
            finish(key);
        }
    }

    private DataWriter<Row> writer() {
        if (lastWriter != null && key.equals(lastKey)) {
            return lastWriter;
        }
        DataWriter<Row> writer = open.get(key);
        if (writer == null) {
            if (open.size() == MAX_OPEN) {
                finish(open.keySet().iterator().next());
            }
            lastKey = key.copy();
            writer = create(lastKey);
            open.put(lastKey, writer);
        } else {
            lastKey = key.copy();
        }
        lastWriter = writer;
        return writer;
    }

    private DataWriter<Row> create(PartitionKey partition) {
        String name = "%06d-%s.parquet".formatted(locations.size(), commit);
        String location = table.spec().isUnpartitioned()
                ? table.locationProvider().newDataLocation(name)
                : table.locationProvider().newDataLocation(table.spec(), partition, name);
        pending.add(location);
        locations.add(location);
        try {
            return Parquet.writeData(table.io().newOutputFile(location))
                    .forTable(table)
                    .createWriterFunc(file -> RowParquet.writer(table.schema(), file))
                    .withSpec(table.spec())
                    .withPartition(partition)
                    .build();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void finish(PartitionKey partition) {
        DataWriter<Row> writer = open.remove(partition);
        lastWriter = null;
        if (writer == null) {
            return;
        }
        try {
            writer.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        done.add(writer.toDataFile());
    }

    /** Finishes and syncs all files. */
    List<DataFile> files() {
        for (PartitionKey partition : List.copyOf(open.keySet())) {
            finish(partition);
        }
        return done;
    }

    /** Deletes everything written: the commit did not happen. */
    void abort() {
        for (DataWriter<Row> writer : open.values()) {
            try {
                writer.close();
            } catch (IOException | RuntimeException _) {
                // it is deleted next, whatever its state
                continue;
            }
        }
        open.clear();
        locations.forEach(table.io()::deleteFile);
        release();
    }

    /** The files belong to a snapshot now, or to nobody. */
    void release() {
        locations.forEach(pending::remove);
    }
}
