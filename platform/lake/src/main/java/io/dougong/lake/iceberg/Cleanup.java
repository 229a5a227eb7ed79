package io.dougong.lake.iceberg;

import io.dougong.kernel.StorageProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ReachableFileUtil;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;

/** Deletes what a crash left behind: files in the table's folder that nothing points to. */
final class Cleanup {

    private final Table table;
    private final Set<String> pending;

    /** @param pending locations that a running append is about to commit */
    Cleanup(Table table, Set<String> pending) {
        this.table = table;
        this.pending = pending;
    }

    int deleteOlderThan(long millis) {
        try {
            List<Path> old = oldFiles(millis);
            Set<Path> used = used();
            int deleted = 0;
            for (Path file : old) {
                if (!used.contains(file)) {
                    Files.deleteIfExists(file);
                    deleted++;
                }
            }
            return deleted;
        } catch (IOException failed) {
            throw StorageProblem.unreadable(table.location(), failed);
        }
    }

    /** Listed before the used ones are: a file that is committed in between was pending, or is younger. */
    private List<Path> oldFiles(long millis) throws IOException {
        Path folder = LocalFiles.path(table.location());
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> Files.isRegularFile(file) && modified(file) < millis)
                    .toList();
        }
    }

    private static long modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException _) {
            return Long.MAX_VALUE;
        }
    }

    private Set<Path> used() throws IOException {
        Set<Path> used = new HashSet<>();
        pending.forEach(location -> used.add(LocalFiles.path(location)));
        table.refresh();
        ReachableFileUtil.metadataFileLocations(table, false).forEach(location -> used.add(LocalFiles.path(location)));
        used.add(LocalFiles.path(
                ((HasTableOperations) table).operations().current().metadataFileLocation()));
        ReachableFileUtil.manifestListLocations(table).forEach(location -> used.add(LocalFiles.path(location)));
        Set<String> seen = new HashSet<>();
        for (Snapshot snapshot : table.snapshots()) {
            for (ManifestFile manifest : snapshot.allManifests(table.io())) {
                if (seen.add(manifest.path())) {
                    used.add(LocalFiles.path(manifest.path()));
                    addFiles(manifest, used);
                }
            }
        }
        return used;
    }

    private void addFiles(ManifestFile manifest, Set<Path> used) throws IOException {
        try (CloseableIterable<String> paths = ManifestFiles.readPaths(manifest, table.io(), table.specs())) {
            paths.forEach(path -> used.add(LocalFiles.path(path)));
        }
    }
}
