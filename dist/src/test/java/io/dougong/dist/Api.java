package io.dougong.dist;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Calls the server that runs on a home folder now, with the token in it. */
final class Api {

    static final String ORDERS = "/api/v1/applications/shop/streams/orders/events";
    static final String DECIDE = "/api/v1/applications/shop/decisions/will-return";
    static final String JSON = "application/json";

    private static final int OK = 200;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;
    private final String token;

    Api(Shell shell) {
        this(shell.url(), shell.token());
    }

    Api(String url, String token) {
        this.url = url;
        this.token = token;
    }

    /** The same server with another token. */
    Api as(String other) {
        return new Api(url, other);
    }

    /** @throws IOException if the server is gone */
    HttpResponse<String> send(String method, String path, String type, String body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", type);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }

    HttpResponse<String> post(String path, String json) throws IOException {
        return send("POST", path, JSON, json);
    }

    HttpResponse<String> get(String path) throws IOException {
        return send("GET", path, JSON, "");
    }

    /** The answer, which must be 200. */
    JsonNode ask(String method, String path, String json) {
        try {
            HttpResponse<String> response = send(method, path, JSON, json);
            if (response.statusCode() != OK) {
                throw new AssertionError(path + " answered " + response.body());
            }
            return tree(response.body());
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** The first cell of the first row. */
    long count(String query) {
        return ask("POST", "/api/v1/sql", "{\"query\":\"" + query + "\"}")
                .at("/rows/0/0")
                .longValue();
    }

    static JsonNode tree(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }
}
