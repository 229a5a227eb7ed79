package io.dougong.node;

import io.dougong.kernel.Digest;
import io.dougong.kernel.DurableFiles;
import io.dougong.kernel.Json;
import io.dougong.kernel.Offsets;
import io.dougong.kernel.StorageProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What monitors and healing knew at the last checkpoints, one file each, named by how far the pipeline had decided then. Written before
 * {@link ThresholdFile}, so that whichever generation of it a crash leaves, its monitors are here.
 */
final class MonitorFile {

    private static final int KEPT = 3;
    private static final int NAME_LENGTH = 24;

    private final Path folder;

    MonitorFile(Path folder) {
        this.folder = folder;
    }

    void write(Offsets decided, Monitoring.Kept kept) {
        try {
            Files.createDirectories(folder);
            DurableFiles.write(file(decided), Json.bytes(kept));
            for (Path old : newestFirst().stream().skip(KEPT).toList()) {
                Files.deleteIfExists(old);
            }
        } catch (IOException failed) {
            throw StorageProblem.unreadable(folder.toString(), failed);
        }
    }

    private Path file(Offsets decided) {
        String name = Digest.of(Json.text(decided)).hex().substring(0, NAME_LENGTH);
        return folder.resolve(name + ".json");
    }

    private List<Path> newestFirst() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted(Comparator.comparing(MonitorFile::modified).reversed())
                    .toList();
        }
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException gone) {
            throw StorageProblem.unreadable(file.toString(), gone);
        }
    }

    /** Null if nothing was kept at that point: then they begin anew. */
    Monitoring.@Nullable Kept at(Offsets decided) {
        Path file = file(decided);
        if (!Files.exists(file)) {
            return null;
        }
        try {
            return Json.read(Files.readAllBytes(file), Monitoring.Kept.class);
        } catch (IOException unreadable) {
            throw StorageProblem.unreadable(file.toString(), unreadable);
        }
    }
}
