package io.dougong.events.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * A disk under a child process that can run full and lose power. A small C library goes before libc ({@code LD_PRELOAD}) and notes
 * how long each file was when it was last synced, and which entries each folder had. {@code cutPower}, called after the child was killed,
 * cuts every file to that length and deletes files whose folder was not synced after they were made.
 *
 * <p>What it does not model: bytes changed in place (it fits files that are only appended to), and renames or deletions
 * that come undone.
 */
public final class FaultyDisk {

    private static final int COMPILE_SECONDS = 60;
    private static final int PAGE = 4096;

    private final Path library;
    private final Path folder;
    private final Path journal;
    private final Path fullFlag;

    private FaultyDisk(Path library, Path scratch, Path folder) {
        this.library = library;
        this.folder = folder;
        this.journal = scratch.resolve("journal");
        this.fullFlag = scratch.resolve("disk-is-full");
    }

    /**
     * Compiles the library; empty if this machine has no C compiler for Linux.
     *
     * @param scratch folder for the library and its journal, outside {@code folder}
     * @param folder the files of the child that are on the faulty disk
     */
    public static Optional<FaultyDisk> under(Path folder, Path scratch) {
        Path source = scratch.resolve("disk.c");
        Path library = scratch.resolve("disk.so");
        try (InputStream code = FaultyDisk.class.getResourceAsStream("/faults/disk.c")) {
            if (code == null || !System.getProperty("os.name").equals("Linux")) {
                return Optional.empty();
            }
            Files.write(source, code.readAllBytes());
            boolean compiled = run("cc", "-O1", "-shared", "-fPIC", "-o", library.toString(), source.toString());
            return compiled ? Optional.of(new FaultyDisk(library, scratch, folder.toAbsolutePath())) : Optional.empty();
        } catch (IOException noCompiler) {
            return Optional.empty();
        }
    }

    private static boolean run(String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return process.waitFor(COMPILE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What the child needs in its environment. */
    public Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD", library.toString(),
                "FAULT_FOLDER", folder.toString(),
                "FAULT_JOURNAL", journal.toString(),
                "FAULT_FULL", fullFlag.toString());
    }

    /** While a file of this path exists, the disk is full: the child may make and delete it. */
    public Path fullFlag() {
        return fullFlag;
    }

    /** Counts everything that is there now as synced; to be called before the child starts on files that others wrote. */
    public void settle() {
        try {
            Files.createDirectories(folder);
            StringBuilder lines = new StringBuilder("d 0\n");
            for (Path file : files()) {
                lines.append("e ").append(inode(file)).append('\n');
                lines.append("s ")
                        .append(inode(file))
                        .append(' ')
                        .append(Files.size(file))
                        .append('\n');
            }
            Files.writeString(journal, lines);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Leaves of the folder only what was synced; the child must be dead. Returns how many bytes were lost. */
    public long cutPower() {
        return cut((file, kept, size) -> kept);
    }

    /**
     * Leaves what was synced and some of the rest, as a disk does that was busy when the power went: a random part of the unsynced bytes,
     * with random pages of it never written. The child must be dead. Returns how many bytes were lost.
     */
    public long cutPower(RandomGenerator random) {
        return cut((file, kept, size) -> {
            long length = random.nextLong(kept, size + 1);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                for (long at = kept; at < length; at = (at / PAGE + 1) * PAGE) {
                    if (random.nextInt(3) == 0) {
                        channel.write(ByteBuffer.allocate((int) Math.min(PAGE - at % PAGE, length - at)), at);
                    }
                }
            }
            return length;
        });
    }

    /** Decides how long a file is after the cut, and may change its unsynced bytes. */
    @FunctionalInterface
    private interface Cut {
        long length(Path file, long synced, long size) throws IOException;
    }

    private long cut(Cut cut) {
        try {
            Journal synced = Journal.read(journal);
            long lost = 0;
            for (Path file : files()) {
                lost += cut(file, synced, cut);
            }
            return lost;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static long cut(Path file, Journal synced, Cut cut) throws IOException {
        long inode = inode(file);
        long size = Files.size(file);
        if (!synced.entries.contains(inode)) {
            Files.delete(file);
            return size;
        }
        long kept = cut.length(file, Math.min(size, synced.lengths.getOrDefault(inode, 0L)), size);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(kept);
        }
        return size - kept;
    }

    private static long inode(Path file) throws IOException {
        return ((Number) Files.getAttribute(file, "unix:ino")).longValue();
    }

    /** What was synced since the disk settled. */
    private record Journal(Map<Long, Long> lengths, Set<Long> entries) {

        static Journal read(Path file) throws IOException {
            Map<Long, Long> lengths = new HashMap<>();
            Map<Long, Set<Long>> folders = new HashMap<>();
            Set<Long> current = new HashSet<>();
            for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
                String[] parts = line.split(" ");
                long inode = Long.parseLong(parts[1]);
                switch (parts[0]) {
                    case "s" -> lengths.put(inode, Long.parseLong(parts[2]));
                    case "d" -> {
                        current = new HashSet<>();
                        folders.put(inode, current);
                    }
                    case "e" -> current.add(inode);
                    case "u" -> lengths.remove(inode);
                    default -> throw new IllegalStateException("Unknown line in the journal: " + line);
                }
            }
            Set<Long> entries = new HashSet<>();
            folders.values().forEach(entries::addAll);
            return new Journal(lengths, entries);
        }
    }
}
