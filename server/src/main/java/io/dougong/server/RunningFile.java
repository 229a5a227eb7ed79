package io.dougong.server;

import io.dougong.kernel.DurableFiles;
import io.dougong.kernel.Json;
import io.dougong.kernel.StorageProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The file by which commands on this machine find the server: its address and process, for as long as it takes calls. */
final class RunningFile {

    static final String NAME = "server.json";

    private final Path file;

    RunningFile(Path home) {
        this.file = home.resolve(NAME);
    }

    void write(String host, int port, String version) {
        String reachable = host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
        String url = "http://" + (reachable.contains(":") ? "[" + reachable + "]" : reachable) + ":" + port;
        long pid = ProcessHandle.current().pid();
        DurableFiles.write(file, Json.bytes(Map.of("url", url, "pid", pid, "version", version)));
    }

    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failed) {
            throw StorageProblem.unreadable(file.toString(), failed);
        }
    }
}
