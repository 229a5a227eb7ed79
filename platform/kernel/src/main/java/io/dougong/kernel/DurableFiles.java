package io.dougong.kernel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes files so that after a power cut either the old or the new content is there, whole. */
public final class DurableFiles {

    private DurableFiles() {}

    /** Writes to a temporary file beside the target, syncs it, renames it over the target and syncs the folder. */
    public static void write(Path target, byte[] content) {
        Path folder = target.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IllegalArgumentException(target + " has no folder");
        }
        try {
            Path temporary = Files.createTempFile(folder, target.getFileName().toString(), ".tmp");
            try {
                writeSynced(temporary, ByteBuffer.wrap(content));
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temporary);
            }
            syncFolder(folder);
        } catch (IOException failed) {
            throw StorageProblem.unreadable(target.toString(), failed);
        }
    }

    private static void writeSynced(Path file, ByteBuffer content) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            while (content.hasRemaining()) {
                channel.write(content);
            }
            channel.force(true);
        }
    }

    /** Fails if the folder does not take so many bytes now, or not durably; nothing of them stays. */
    public static void probe(Path folder, int bytes) throws IOException {
        Path file = folder.resolve("probe.tmp");
        try {
            writeSynced(file, ByteBuffer.allocate(bytes));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Makes the folder and what is missing above it, each entry synced, so that what is written in it later cannot be lost with it. */
    public static Path createFolders(Path folder) throws IOException {
        Path parent = folder.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder)) {
            if (parent != null) {
                createFolders(parent);
            }
            Files.createDirectories(folder);
            if (parent != null) {
                syncFolder(parent);
            }
        }
        return folder;
    }

    /** Makes renames and creations in the folder durable. */
    public static void syncFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
