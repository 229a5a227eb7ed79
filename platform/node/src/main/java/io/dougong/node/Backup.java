package io.dougong.node;

import io.dougong.events.EventLog;
import io.dougong.kernel.DurableFiles;
import io.dougong.kernel.Home;
import io.dougong.kernel.MetadataDatabase;
import io.dougong.kernel.StorageProblem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A copy of what cannot be derived: the event log, the databases of definitions, tokens and runs, artifacts, keys. Feature state,
 * lake and audit chain are left out: a restored node builds them from the log again. The log is copied last, so that it holds at
 * least what the databases speak of.
 */
final class Backup {

    private static final String METADATA = "metadata.db";
    private static final List<String> DATABASES = List.of("subjects.db", "tracking.db");
    private static final String EVENTS = "events";
    private static final List<String> FOLDERS = List.of("models", "trust", "serving", "tracking");

    private final Home home;
    private final EventLog log;

    Backup(Home home, EventLog log) {
        this.home = home;
        this.log = log;
    }

    /** While the node runs. */
    void write(Path target) {
        write(home, target, () -> log.checkpoint(target.resolve(EVENTS)));
    }

    /** Of a folder in which no node works. */
    static void atRest(Home home, Path target) {
        write(home, target, () -> copyFolder(home.room(EVENTS), target.resolve(EVENTS)));
    }

    private interface Events {
        void copy() throws IOException;
    }

    /** @param target a folder that must not exist yet */
    private static void write(Home home, Path target, Events events) {
        if (Files.exists(target)) {
            throw NodeProblem.badBackup(target + " exists already.", "Name a folder that does not exist yet.");
        }
        try {
            DurableFiles.createFolders(target);
            Path metadata = home.folder().resolve(METADATA);
            if (Files.exists(metadata)) {
                MetadataDatabase.copy(metadata, target.resolve(METADATA));
            }
            for (String folder : FOLDERS) {
                copyFolder(home.room(folder), target.resolve(folder));
            }
            events.copy();
            DurableFiles.write(
                    target.resolve("FORMAT"), Integer.toString(home.format()).getBytes(StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw StorageProblem.unreadable(target.toString(), failed);
        }
    }

    /** Fills a home folder that is empty, does not exist, or holds what an earlier restore that was cut short has left. */
    static void restore(Path backup, Path home) {
        if (!Files.exists(backup.resolve("FORMAT")) || !Files.isDirectory(backup.resolve("events"))) {
            throw NodeProblem.badBackup(backup + " is not a whole backup.", "It has no FORMAT or no events.");
        }
        Path restoring = home.resolve(Home.RESTORING);
        try {
            DurableFiles.createFolders(home);
            if (Files.exists(restoring)) {
                clear(home, restoring);
            } else if (!isEmpty(home)) {
                throw NodeProblem.badBackup(home + " is not empty.", "Restore into a folder of its own.");
            }
            DurableFiles.write(restoring, new byte[0]);
            copyFolder(backup, home);
            Files.delete(restoring);
            DurableFiles.syncFolder(home);
        } catch (IOException failed) {
            throw StorageProblem.unreadable(home.toString(), failed);
        }
    }

    private static void clear(Path home, Path except) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(home) && !file.equals(except)) {
                    Files.delete(file);
                }
            }
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private static void copyFolder(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
        try (Stream<Path> folders = Files.walk(to).filter(Files::isDirectory)) {
            for (Path folder : folders.toList()) {
                DurableFiles.syncFolder(folder);
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        String name = from.getFileName().toString();
        if (Files.isDirectory(from)) {
            DurableFiles.createFolders(to);
        } else if (DATABASES.contains(name)) {
            MetadataDatabase.copy(from, to);
        } else if (DATABASES.stream().noneMatch(name::startsWith)) {
            Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
            try (FileChannel copied = FileChannel.open(to, StandardOpenOption.READ)) {
                copied.force(true);
            }
        }
    }
}
