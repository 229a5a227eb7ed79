package io.dougong.dist;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Cuts the power under a whole home folder: log, databases, lake, feature state, keys, whoever writes them. {@code powercut.c} is put
 * before libc in the server's process and notes what every change replaced; after the process was killed, {@link #cut} undoes what
 * was not synced.
 *
 * <p>What a sync means is read strictly: {@code fsync} of a file keeps its content, only {@code fsync} of the folder keeps its name,
 * and a folder whose parent was not synced is lost with everything in it. Entries of folders are lost from the newest on, as by
 * a journal that is written in order; pages of files in any order, and the end of a file anywhere.
 */
final class PowerCut {

    private static final Path SOURCE = Path.of("src", "test", "c", "powercut.c");
    private static final int COMPILE_SECONDS = 60;
    private static final int PAGE = 4096;
    private static final String QUICK_START = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx512m";

    private final Path home;
    private final Path state;
    private final Path library;

    private PowerCut(Path home, Path state, Path library) {
        this.home = home;
        this.state = state;
        this.library = library;
    }

    /** Compiles the library; empty if this machine has no C compiler for Linux. */
    static Optional<PowerCut> under(Path home, Path state) throws IOException {
        Files.createDirectories(home);
        Files.createDirectories(state.resolve("graves"));
        Path library = state.resolve("powercut.so");
        return compiled(library)
                ? Optional.of(new PowerCut(home.toRealPath(), state.toRealPath(), library))
                : Optional.empty();
    }

    private static boolean compiled(Path library) {
        try {
            Process process = new ProcessBuilder(
                            "cc", "-O1", "-shared", "-fPIC", "-o", library.toString(), SOURCE.toString(), "-lpthread")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(COMPILE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException noCompiler) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What the server needs in its environment. */
    Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD", library.toString(),
                "POWERCUT_ROOT", home.toString(),
                "POWERCUT_STATE", state.toString(),
                "JDK_JAVA_OPTIONS", QUICK_START);
    }

    /** Processes that have changed something since the last cut. */
    List<Long> pids() throws IOException {
        try (Stream<Path> files = Files.list(state)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("journal."))
                    .map(name -> Long.valueOf(name.substring("journal.".length())))
                    .toList();
        }
    }

    /** The process is to kill itself just before the change or sync that comes after so many others. */
    void dieAfter(int changes) throws IOException {
        Files.writeString(state.resolve("die"), Integer.toString(changes));
    }

    /** From now on every write fails for lack of space. */
    void fill() throws IOException {
        Files.createFile(state.resolve("full"));
    }

    void free() throws IOException {
        Files.delete(state.resolve("full"));
    }

    /** Leaves only what was synced. The process must be dead. Returns how many changes were lost. */
    int cut(long pid) throws IOException {
        return cut(pid, (writes, size) -> new Survival(writes.getFirst().size(), _ -> 0), 0);
    }

    /** Leaves what was synced and any part of the rest. The process must be dead. Returns how many changes were lost at most. */
    int cut(long pid, RandomGenerator random) throws IOException {
        return cut(
                pid,
                (writes, size) -> {
                    long before = writes.getFirst().size();
                    long kept =
                            size > before ? random.nextLong(before, size + 1) : random.nextBoolean() ? before : size;
                    Map<Long, Integer> pages = new HashMap<>();
                    return new Survival(
                            kept, page -> pages.computeIfAbsent(page, _ -> random.nextInt(writes.size() + 1)));
                },
                random.nextDouble());
    }

    /**
     * How much of a file's unsynced changes reached the disk.
     *
     * @param size of the file
     * @param version which changes of a page did: those before this number
     */
    private record Survival(long size, Versions version) {}

    private interface Versions {
        int of(long page);
    }

    private interface Fate {
        Survival of(List<DiskJournal.Write> writes, long size);
    }

    private int cut(long pid, Fate fate, double namesKept) throws IOException {
        Path file = state.resolve("journal." + pid);
        DiskJournal journal = DiskJournal.read(file);
        int lost = 0;
        Map<Long, Path> files = files();
        for (Map.Entry<Long, List<DiskJournal.Write>> changed : journal.writes().entrySet()) {
            Path path = files.get(changed.getKey());
            if (path != null) {
                undo(path, changed.getValue(), fate);
                lost += changed.getValue().size();
            }
        }
        List<DiskJournal.Naming> names = journal.names();
        List<DiskJournal.Naming> undone = names.subList((int) (namesKept * names.size()), names.size());
        for (DiskJournal.Naming naming : undone.reversed()) {
            undo(naming, pid);
        }
        Files.deleteIfExists(file);
        Files.deleteIfExists(state.resolve("die"));
        deleteGraves();
        return lost + undone.size();
    }

    private Map<Long, Path> files() throws IOException {
        Map<Long, Path> files = new HashMap<>();
        for (Path folder : List.of(state.resolve("graves"), home)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.filter(Files::isRegularFile).toList()) {
                    files.put(((Number) Files.getAttribute(path, "unix:ino")).longValue(), path);
                }
            }
        }
        return files;
    }

    private static void undo(Path path, List<DiskJournal.Write> writes, Fate fate) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            long latest = channel.size();
            Survival survival = fate.of(writes, latest);
            for (int i = writes.size() - 1; i >= 0; i--) {
                DiskJournal.Write write = writes.get(i);
                for (int from = 0; from < write.old().length; ) {
                    long page = (write.at() + from) / PAGE;
                    int to = (int) Math.min(write.old().length, (page + 1) * PAGE - write.at());
                    if (i >= survival.version().of(page)) {
                        channel.write(ByteBuffer.wrap(write.old(), from, to - from), write.at() + from);
                    }
                    from = to;
                }
            }
            long base = writes.getFirst().size();
            for (long at = base; at < survival.size(); at = (at / PAGE + 1) * PAGE) {
                if (survival.version().of(at / PAGE) == 0) {
                    channel.write(ByteBuffer.allocate((int) Math.min(PAGE - at % PAGE, survival.size() - at)), at);
                }
            }
            resize(channel, survival.size());
        }
    }

    private static void resize(FileChannel channel, long size) throws IOException {
        if (channel.size() > size) {
            channel.truncate(size);
        } else if (channel.size() < size) {
            channel.write(ByteBuffer.allocate(1), size - 1);
        }
    }

    private void undo(DiskJournal.Naming naming, long pid) throws IOException {
        Path grave = state.resolve("graves").resolve(pid + "-" + naming.grave());
        switch (naming.kind()) {
            case CREATE, LINK -> Files.deleteIfExists(naming.path());
            case MKDIR -> deleteAll(naming.path());
            case UNLINK -> exhume(grave, naming.path());
            case RMDIR -> Files.createDirectories(naming.path());
            case RENAME -> {
                if (Files.notExists(naming.path()) && Files.exists(naming.second())) {
                    Files.createDirectories(naming.path().getParent());
                    Files.move(naming.second(), naming.path());
                    exhume(grave, naming.second());
                }
            }
        }
    }

    private static void exhume(Path grave, Path place) throws IOException {
        if (Files.exists(grave) && Files.notExists(place) && Files.exists(place.getParent())) {
            Files.move(grave, place);
        }
    }

    private static void deleteAll(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private void deleteGraves() throws IOException {
        try (Stream<Path> graves = Files.list(state.resolve("graves"))) {
            for (Path grave : graves.toList()) {
                Files.delete(grave);
            }
        }
    }
}
