package io.dougong.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dougong.kernel.InvalidValue;
import io.dougong.kernel.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Stream;

/** Speaks HTTP to one server. Anything but success is thrown as a {@link Refusal}. */
final class Client {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final String JSON = "application/json";
    private static final int FIRST_ERROR = 400;

    private final String address;
    private final Optional<String> token;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();

    Client(String address, Optional<String> token) {
        this.address = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
        this.token = token;
    }

    String address() {
        return address;
    }

    /** A path below {@code /api/v1}, its parts escaped. */
    static String path(String... parts) {
        StringJoiner path = new StringJoiner("/", "/api/v1/", "");
        for (String part : parts) {
            path.add(escape(part));
        }
        return path.toString();
    }

    static String query(Map<String, String> parameters) {
        StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
        parameters.forEach((name, value) -> query.add(escape(name) + "=" + escape(value)));
        return query.toString();
    }

    private static String escape(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    JsonNode get(String path) {
        return json(send(request(path).GET()));
    }

    byte[] bytes(String path) {
        return send(request(path).GET());
    }

    JsonNode post(String path, JsonNode body) {
        return post(path, JSON, Json.bytes(body));
    }

    JsonNode post(String path) {
        return json(send(request(path).POST(BodyPublishers.noBody())));
    }

    JsonNode post(String path, String mediaType, byte[] body) {
        return json(send(request(path).header("Content-Type", mediaType).POST(BodyPublishers.ofByteArray(body))));
    }

    JsonNode delete(String path) {
        return json(send(request(path).DELETE()));
    }

    /** The data lines of a feed, as they come; ends when the server stops. */
    Stream<String> feed(String path) {
        HttpResponse<Stream<String>> response = exchange(request(path).GET(), BodyHandlers.ofLines());
        if (response.statusCode() >= FIRST_ERROR) {
            String body = String.join("\n", response.body().toList());
            throw refusal(response.statusCode(), body.getBytes(StandardCharsets.UTF_8));
        }
        return response.body().filter(line -> line.startsWith("data: ")).map(line -> line.substring("data: ".length()));
    }

    /** Whether the server answers and is ready. */
    boolean ready() {
        try {
            return http.send(request("/health/ready").GET().build(), BodyHandlers.discarding())
                            .statusCode()
                    < FIRST_ERROR;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request;
        try {
            request = HttpRequest.newBuilder(URI.create(address + path));
        } catch (IllegalArgumentException malformed) {
            throw Refusal.of(
                    Exit.USAGE, "bad-url", "'" + address + "' is not an address.", "E.g. http://127.0.0.1:7420");
        }
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return request;
    }

    private byte[] send(HttpRequest.Builder request) {
        HttpResponse<byte[]> response = exchange(request, BodyHandlers.ofByteArray());
        if (response.statusCode() >= FIRST_ERROR) {
            throw refusal(response.statusCode(), response.body());
        }
        return response.body();
    }

    private <T> HttpResponse<T> exchange(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) {
        try {
            return http.send(request.build(), handler);
        } catch (IOException unreachable) {
            String why = unreachable.getMessage();
            throw Refusal.notRunning(address, why == null ? "" : why);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw Refusal.of(Exit.UNAVAILABLE, "interrupted", "Interrupted while waiting for the server.", "");
        }
    }

    private static Refusal refusal(int status, byte[] body) {
        try {
            if (Json.tree(body) instanceof ObjectNode problem && problem.has("detail")) {
                return Refusal.answered(status, problem);
            }
        } catch (InvalidValue notAProblem) {
            return foreign(status);
        }
        return foreign(status);
    }

    private static Refusal foreign(int status) {
        return Refusal.of(
                Exit.UNAVAILABLE,
                "not-dougong",
                "The answer was HTTP " + status + " without a reason.",
                "Maybe the address is not that of a Dougong server.");
    }

    private static JsonNode json(byte[] body) {
        return body.length == 0 ? Json.mapper().createObjectNode() : Json.tree(body);
    }
}
