package io.dougong.tracking;

import io.dougong.kernel.DurableFiles;
import io.dougong.kernel.Ids;
import io.dougong.kernel.StorageProblem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Artifacts as files. A file comes in beside the store, is synced, and is then moved to its place in one step: half a file is
 * never seen, and one that was acknowledged is there after a power cut. Links are not followed.
 */
public final class ArtifactFiles {

    /** A file or folder as a listing shows it. */
    public record Entry(String name, boolean folder, long bytes) {}

    /** @param eTag changes with the content */
    public record Stored(Path file, long bytes, String eTag) {}

    private static final int MOST_LISTED = 10_000;

    private final Path store;
    private final Path incoming;
    private final Ids ids;

    ArtifactFiles(Path folder, Ids ids) {
        this.ids = ids;
        try {
            this.store = DurableFiles.createFolders(folder.resolve("artifacts")).toRealPath();
            this.incoming =
                    DurableFiles.createFolders(folder.resolve("incoming")).toRealPath();
            sweep();
        } catch (IOException unusable) {
            throw StorageProblem.unreadable(folder.toString(), unusable);
        }
    }

    /** What an earlier process left half. */
    private void sweep() throws IOException {
        try (Stream<Path> left = Files.walk(incoming)) {
            for (Path file : left.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(incoming)) {
                    Files.delete(file);
                }
            }
        }
    }

    Path incoming() {
        return incoming;
    }

    /** A name for a file to come, beside the store, that is not taken. */
    public Path spool() {
        return incoming.resolve(ids.next());
    }

    /** Puts a file that has come in to its place; what was there is replaced. */
    public void keep(Path spooled, ArtifactPath path) {
        if (path.isRoot()) {
            throw TrackingProblem.badArtifactPath("");
        }
        try {
            Path target = path.in(store);
            checkWay(target);
            sync(spooled);
            Path folder = DurableFiles.createFolders(parent(target));
            Files.move(spooled, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            DurableFiles.syncFolder(folder);
        } catch (IOException failed) {
            throw StorageProblem.unreadable(path.toString(), failed);
        }
    }

    /** No part of the way is a file or a link, and the target is no folder. */
    private void checkWay(Path target) {
        if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            throw TrackingProblem.badArtifactPath(store.relativize(target) + " is a folder");
        }
        for (Path above = parent(target); !above.equals(store); above = parent(above)) {
            if (Files.exists(above, LinkOption.NOFOLLOW_LINKS)
                    && !Files.isDirectory(above, LinkOption.NOFOLLOW_LINKS)) {
                throw TrackingProblem.badArtifactPath(store.relativize(above) + " is no folder");
            }
        }
    }

    private static Path parent(Path path) {
        Path parent = path.getParent();
        if (parent == null) {
            throw TrackingProblem.badArtifactPath(path.toString());
        }
        return parent;
    }

    static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** For small files that are made here. */
    void write(ArtifactPath path, byte[] content) {
        Path spooled = spool();
        try {
            try (FileChannel channel =
                    FileChannel.open(spooled, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(content));
            }
            keep(spooled, path);
        } catch (IOException failed) {
            throw StorageProblem.unreadable(path.toString(), failed);
        }
    }

    /** The file of that path; empty if there is none. */
    public Optional<Stored> find(ArtifactPath path) {
        Path file = path.in(store);
        try {
            if (path.isRoot() || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.empty();
            }
            checkWay(file);
            long bytes = Files.size(file);
            String changed = Long.toHexString(Files.getLastModifiedTime(file).toMillis());
            return Optional.of(new Stored(file, bytes, "\"" + changed + "-" + Long.toHexString(bytes) + "\""));
        } catch (IOException failed) {
            throw StorageProblem.unreadable(path.toString(), failed);
        }
    }

    /** What is in the folder, by name; empty if it is not there; itself if it is a file. */
    public List<Entry> list(ArtifactPath path) {
        Path folder = path.in(store);
        if (Files.isRegularFile(folder, LinkOption.NOFOLLOW_LINKS)) {
            return List.of(entry(folder));
        }
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.limit(MOST_LISTED)
                    .filter(file -> !Files.isSymbolicLink(file))
                    .map(ArtifactFiles::entry)
                    .sorted(Comparator.comparing(Entry::name))
                    .toList();
        } catch (IOException failed) {
            throw StorageProblem.unreadable(path.toString(), failed);
        }
    }

    private static Entry entry(Path file) {
        try {
            boolean folder = Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
            return new Entry(String.valueOf(file.getFileName()), folder, folder ? 0 : Files.size(file));
        } catch (IOException failed) {
            throw StorageProblem.unreadable(file.toString(), failed);
        }
    }

    /** The file, or the folder with everything in it. */
    public void delete(ArtifactPath path) {
        Path target = path.in(store);
        if (path.isRoot()) {
            throw TrackingProblem.badArtifactPath("");
        }
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw TrackingProblem.unknown("artifact", path.toString());
        }
        try (Stream<Path> files = Files.walk(target)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
            DurableFiles.syncFolder(parent(target));
        } catch (IOException failed) {
            throw StorageProblem.unreadable(path.toString(), failed);
        }
    }
}
