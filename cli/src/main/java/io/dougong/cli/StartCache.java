package io.dougong.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Makes the server's AOT cache (JEP 483, 514): starts a server on an empty home, asks it a few things, stops it. */
final class StartCache {

    /** Waits until a server is ready. */
    interface Readiness {
        HomeFolder.Running await(HomeFolder home, Process process);
    }

    private StartCache() {}

    /** Does nothing if another process is at it. */
    static void make(Readiness readiness) {
        Path cache = ServerProcess.cache();
        try (FileChannel file = FileChannel.open(
                        cache.resolveSibling(cache.getFileName() + ".lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                FileLock lock = file.tryLock()) {
            if (lock != null) {
                record(readiness, cache);
            }
        } catch (IOException unusable) {
            throw Refusal.of(Exit.UNAVAILABLE, "no-cache", "Could not write " + cache + ".", "Starts work without it.");
        }
    }

    private static void record(Readiness readiness, Path cache) throws IOException {
        try {
            Path folder = Files.createTempDirectory("dougong-start");
            Path recorded = folder.resolve("server.aot");
            HomeFolder home = new HomeFolder(folder.resolve("home"));
            Process process = ServerProcess.recording(home, recorded);
            Client client = new Client(readiness.await(home, process).url(), home.token());
            client.get(Client.path("status"));
            client.get(Client.path("openapi.json"));
            client.post(Client.path("shutdown"));
            process.waitFor();
            if (Files.exists(recorded)) {
                Files.move(recorded, cache, StandardCopyOption.REPLACE_EXISTING);
            }
            delete(folder);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        }
    }
}
