package io.dougong.kernel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * The folder in which one node keeps everything, locked against a second process for as long as it is open.
 * Each room has a sub-folder of its own.
 */
public final class Home implements AutoCloseable {

    /** The layout this release writes; older ones are upgraded, newer ones refused. */
    public static final int FORMAT = 1;

    /** A file that is in the folder for as long as a backup is being copied into it. */
    public static final String RESTORING = "RESTORING";

    private static final String LOCK_FILE = "LOCK";
    private static final String FORMAT_FILE = "FORMAT";

    private final Path folder;
    private final FileChannel channel;
    private final FileLock lock;

    private Home(Path folder, FileChannel channel, FileLock lock) {
        this.folder = folder;
        this.channel = channel;
        this.lock = lock;
    }

    public static Home open(Path folder) {
        try {
            DurableFiles.createFolders(folder);
            Home home = lock(folder);
            try {
                home.checkFormat();
            } catch (IOException | RuntimeException broken) {
                home.close();
                throw broken;
            }
            return home;
        } catch (IOException unusable) {
            throw StorageProblem.unreadable(folder.toString(), unusable);
        }
    }

    /**
     * Deletes a home folder with everything in it, if there is one. Refused for a folder that holds other things, and while a node works
     * in it.
     */
    public static void delete(Path folder) {
        try {
            if (!Files.exists(folder)) {
                return;
            }
            if (!isEmpty(folder)) {
                if (!Files.exists(folder.resolve(FORMAT_FILE))) {
                    throw new InvalidValue(
                            "foreign-folder",
                            folder + " is not a folder of Dougong, so it is not emptied.",
                            "Name another folder.");
                }
                open(folder).close();
            }
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        } catch (IOException undeletable) {
            throw StorageProblem.unreadable(folder.toString(), undeletable);
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private static Home lock(Path folder) throws IOException {
        FileChannel channel = FileChannel.open(
                folder.resolve(LOCK_FILE),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        FileLock lock = tryLock(channel);
        if (lock == null) {
            String holder = Files.readString(folder.resolve(LOCK_FILE)).strip();
            channel.close();
            throw StorageProblem.locked(folder.toString(), holder.isEmpty() ? "" : " (process " + holder + ")");
        }
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
        return new Home(folder, channel, lock);
    }

    private static @org.jspecify.annotations.Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            return null;
        }
    }

    /** The layout that the folder has now. */
    public int format() {
        try {
            return format(folder.resolve(FORMAT_FILE));
        } catch (IOException unreadable) {
            throw StorageProblem.unreadable(folder.toString(), unreadable);
        }
    }

    private void checkFormat() throws IOException {
        if (Files.exists(folder.resolve(RESTORING))) {
            throw StorageProblem.halfRestored(folder.toString());
        }
        Path file = folder.resolve(FORMAT_FILE);
        if (!Files.exists(file)) {
            DurableFiles.write(file, Integer.toString(FORMAT).getBytes(StandardCharsets.UTF_8));
            return;
        }
        int found = format(file);
        if (found > FORMAT) {
            throw StorageProblem.newerFormat(folder.toString(), found, FORMAT);
        }
    }

    private static int format(Path file) throws IOException {
        String text = Files.readString(file).strip();
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException damaged) {
            throw StorageProblem.badFormat(file.toString(), text, FORMAT);
        }
    }

    public Path folder() {
        return folder;
    }

    /** The room's own sub-folder, created if missing. */
    public Path room(String name) {
        try {
            return DurableFiles.createFolders(folder.resolve(name));
        } catch (IOException unusable) {
            throw StorageProblem.unreadable(folder.resolve(name).toString(), unusable);
        }
    }

    @Override
    public void close() {
        try {
            lock.release();
            channel.close();
        } catch (IOException unusable) {
            throw StorageProblem.unreadable(folder.toString(), unusable);
        }
    }
}
