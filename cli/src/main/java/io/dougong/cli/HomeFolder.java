package io.dougong.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.dougong.kernel.InvalidValue;
import io.dougong.kernel.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What a command finds in the home folder of a server on this machine: where it listens, and the bootstrap token. */
record HomeFolder(Path path) {

    private static final String RUNNING_FILE = "server.json";
    private static final String TOKEN_FILE = "admin.token";
    private static final String LOG_FILE = "server.log";

    /** A server that said it was ready, and may have died since. */
    record Running(String url, long pid) {

        boolean alive() {
            return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
        }
    }

    Optional<Running> running() {
        return read(RUNNING_FILE).flatMap(HomeFolder::parse).filter(Running::alive);
    }

    void refuseIfRunning() {
        running().ifPresent(_ -> {
            throw Refusal.of(
                    Exit.REFUSED, "running", "A server runs on " + path + ".", "Stop it first: 'dougong down'.");
        });
    }

    private static Optional<Running> parse(byte[] json) {
        try {
            JsonNode tree = Json.tree(json);
            return Optional.of(
                    new Running(tree.path("url").asText(), tree.path("pid").asLong()));
        } catch (InvalidValue halfWritten) {
            return Optional.empty();
        }
    }

    Optional<String> token() {
        return read(TOKEN_FILE).map(bytes -> new String(bytes, java.nio.charset.StandardCharsets.UTF_8).strip());
    }

    Path log() {
        return path.resolve(LOG_FILE);
    }

    private Optional<byte[]> read(String name) {
        try {
            return Optional.of(Files.readAllBytes(path.resolve(name)));
        } catch (IOException absent) {
            return Optional.empty();
        }
    }
}
