package io.dougong.lake.iceberg;

import io.dougong.kernel.Offsets;
import io.dougong.kernel.Row;
import io.dougong.lake.Compaction;
import io.dougong.lake.LakeProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.util.StructLikeWrapper;

/** Merges the small files of each partition into large ones, in commit order, in one commit that keeps the offsets. */
final class Compactor {

    private static final double SMALL = 0.75;

    private final Table table;
    private final String name;
    private final TableScanner scanner;
    private final long targetFileBytes;

    Compactor(Table table, String name, long targetFileBytes) {
        this.table = table;
        this.name = name;
        this.scanner = TableScanner.current(table, name);
        this.targetFileBytes = targetFileBytes;
    }

    Compaction compact(TableWriter writer) {
        List<DataFile> small = candidates();
        if (small.isEmpty()) {
            return Compaction.NOTHING;
        }
        org.apache.iceberg.Snapshot base = table.currentSnapshot();
        Offsets offsets = Commits.offsets(base);
        List<DataFile> merged = rewrite(small, writer);
        long rows = rows(merged);
        if (rows != rows(small)) {
            throw LakeProblem.corrupt(
                    LocalFiles.path(small.getFirst().location()).toString(), name, null);
        }
        RewriteFiles rewrite = table.newRewrite()
                .validateFromSnapshot(base.snapshotId())
                .rewriteFiles(set(small), set(merged), base.sequenceNumber());
        Commits.commit(table, name, rewrite, offsets, offsets);
        return new Compaction(small.size(), merged.size(), rows);
    }

    /** Small files of partitions that have more than one of them, partition by partition. */
    private List<DataFile> candidates() {
        Map<StructLikeWrapper, List<DataFile>> byPartition = new LinkedHashMap<>();
        StructLikeWrapper wrapper = StructLikeWrapper.forType(table.spec().partitionType());
        for (DataFile file : scanner.files(Optional.empty())) {
            if (file.fileSizeInBytes() < targetFileBytes * SMALL
                    && file.specId() == table.spec().specId()) {
                byPartition
                        .computeIfAbsent(wrapper.copyFor(file.partition()), _ -> new ArrayList<>())
                        .add(file);
            }
        }
        return byPartition.values().stream()
                .filter(files -> files.size() > 1)
                .flatMap(List::stream)
                .toList();
    }

    private List<DataFile> rewrite(List<DataFile> files, TableWriter writer) {
        for (DataFile file : files) {
            try (CloseableIterable<Row> rows = scanner.rows(file)) {
                rows.forEach(writer::write);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            } catch (RuntimeException failed) {
                throw scanner.corrupt(file, failed);
            }
        }
        return writer.files();
    }

    private static Set<DataFile> set(List<DataFile> files) {
        return new LinkedHashSet<>(files);
    }

    private static long rows(List<DataFile> files) {
        return files.stream().mapToLong(DataFile::recordCount).sum();
    }
}
