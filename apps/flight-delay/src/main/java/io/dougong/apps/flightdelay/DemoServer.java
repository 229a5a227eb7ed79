package io.dougong.apps.flightdelay;

import com.fasterxml.jackson.databind.JsonNode;
import io.dougong.kernel.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The server on the demo's home: a process of its own, that can be killed and started again at the same address. */
final class DemoServer {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long KILL_SECONDS = 30;
    private static final int FIRST_ERROR = 300;
    private static final int USUAL_PORT = 7420;

    private final DougongCommand command;
    private final Path home;
    private final int port;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    DemoServer(DougongCommand command, Path home) {
        this.command = command;
        this.home = home;
        this.port = free(USUAL_PORT) ? USUAL_PORT : anyFree();
    }

    private static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private static int anyFree() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    Path home() {
        return home;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    DougongCommand command() {
        return command;
    }

    void start() {
        DougongCommand.Result up =
                command.run("up", "--detach", "--port", Integer.toString(port), "--home", home.toString());
        if (!up.ok()) {
            throw new IllegalStateException("The server did not start. " + up.out());
        }
    }

    long pid() {
        return Json.tree(file("server.json")).path("pid").asLong();
    }

    /** As {@code kill -9} does; returns when the process is gone. */
    void kill() {
        ProcessHandle process = ProcessHandle.of(pid()).orElseThrow();
        process.destroyForcibly();
        try {
            process.onExit().get(KILL_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException alive) {
            throw new IllegalStateException("Process " + process.pid() + " does not die.", alive);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private byte[] file(String name) {
        try {
            return Files.readAllBytes(home.resolve(name));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    JsonNode get(String path) {
        return tree(text("GET", path, "application/json", ""));
    }

    JsonNode post(String path, Object json) {
        return tree(text("POST", path, "application/json", Json.text(json)));
    }

    private static JsonNode tree(String text) {
        return Json.tree(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws UncheckedIOException if the server is gone */
    String text(String method, String path, String type, String body) {
        try {
            HttpResponse<String> response = send(method, path, type, body);
            if (response.statusCode() >= FIRST_ERROR) {
                throw new IllegalStateException(method + " " + path + " answered " + response.body());
            }
            return response.body();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** @throws IOException if the server is gone */
    HttpResponse<String> send(String method, String path, String type, String body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url() + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + new String(file("admin.token"), StandardCharsets.UTF_8).strip())
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", type);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted.");
        }
    }

    /** Waits until everything that came has been decided. */
    void awaitDecided() throws InterruptedException {
        while (status().path("lag").asLong() > 0) {
            Thread.sleep(100);
        }
    }

    /** How the application stands. */
    JsonNode status() {
        return get("/api/v1/status").path("applications").path(0);
    }

    /** Events of a stream in the log; streams of the application are named {@code APPLICATION.STREAM} or the like. */
    long stored(String stream) {
        for (JsonNode one : get("/api/v1/status").path("streams")) {
            if (one.path("stream").asText().equals(stream)) {
                return one.path("events").asLong();
            }
        }
        throw new IllegalStateException("No stream " + stream);
    }
}
