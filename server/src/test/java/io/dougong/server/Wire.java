package io.dougong.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.dougong.kernel.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.microprofile.config.ConfigProvider;

/** Speaks HTTP to the server under test. */
final class Wire {

    static final String JSON = "application/json";
    static final String LINES = "application/x-ndjson";
    static final String YAML = "application/yaml";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String token;

    Wire(String token) {
        this.token = token;
    }

    /** With the bootstrap token. */
    static Wire admin() {
        try {
            return new Wire(Files.readString(home().resolve(Bootstrap.FILE)));
        } catch (IOException missing) {
            throw new AssertionError(missing);
        }
    }

    static Path home() {
        return Path.of(ConfigProvider.getConfig().getValue("dougong.home", String.class));
    }

    static int port() {
        return ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
    }

    record Answer(int status, HttpResponse<byte[]> response) {

        JsonNode json() {
            return Json.tree(response.body());
        }

        String code() {
            return json().path("code").asText();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    HttpClient client() {
        return http;
    }

    HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    Answer delete(String path) {
        return send(request(path).DELETE());
    }

    Answer post(String path, String mediaType, String body) {
        HttpRequest.Builder request =
                request(path).POST(BodyPublishers.ofByteArray(body.getBytes(StandardCharsets.UTF_8)));
        return send(mediaType.isEmpty() ? request : request.header("Content-Type", mediaType));
    }

    Answer post(String path) {
        return send(request(path).POST(BodyPublishers.noBody()));
    }

    Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response);
        } catch (IOException | InterruptedException broken) {
            throw new AssertionError(broken);
        }
    }
}
