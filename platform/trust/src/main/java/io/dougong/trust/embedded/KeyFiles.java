package io.dougong.trust.embedded;

import io.dougong.kernel.DurableFiles;
import io.dougong.kernel.StorageProblem;
import io.dougong.trust.TrustProblem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that hold keys: readable by their owner alone (where the file system knows owners), refused if not. */
final class KeyFiles {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_ONLY_FOLDER = PosixFilePermissions.fromString("rwx------");

    private KeyFiles() {}

    /** A folder that only its owner may enter. */
    static Path folder(Path folder) {
        try {
            DurableFiles.createFolders(folder);
            if (knowsOwners(folder)) {
                Files.setPosixFilePermissions(folder, OWNER_ONLY_FOLDER);
            }
            return folder;
        } catch (IOException failed) {
            throw StorageProblem.unreadable(folder.toString(), failed);
        }
    }

    /** Durable, and at no moment readable by others: temporary files are made for their owner alone. */
    static void write(Path file, String content) {
        DurableFiles.write(file, content.getBytes(StandardCharsets.UTF_8));
        try {
            if (knowsOwners(file)) {
                Files.setPosixFilePermissions(file, OWNER_ONLY);
            }
        } catch (IOException failed) {
            throw StorageProblem.unreadable(file.toString(), failed);
        }
    }

    static String read(Path file) {
        try {
            if (knowsOwners(file)) {
                Set<PosixFilePermission> found = Files.getPosixFilePermissions(file);
                if (!OWNER_ONLY.containsAll(found)) {
                    throw TrustProblem.exposedKey(file.toString(), PosixFilePermissions.toString(found));
                }
            }
            return Files.readString(file);
        } catch (IOException failed) {
            throw StorageProblem.unreadable(file.toString(), failed);
        }
    }

    /** Overwrites with zeros, syncs, deletes. */
    static void shred(Path file) {
        try {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                ByteBuffer zeros = ByteBuffer.allocate((int) channel.size());
                while (zeros.hasRemaining()) {
                    channel.write(zeros);
                }
                channel.force(true);
            }
            Files.delete(file);
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                DurableFiles.syncFolder(folder);
            }
        } catch (IOException failed) {
            throw StorageProblem.unreadable(file.toString(), failed);
        }
    }

    private static boolean knowsOwners(Path file) throws IOException {
        return Files.getFileStore(file).supportsFileAttributeView("posix");
    }
}
