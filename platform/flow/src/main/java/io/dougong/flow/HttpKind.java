package io.dougong.flow;

import static io.dougong.documents.Shape.Property.optional;
import static io.dougong.documents.Shape.Property.required;

import io.dougong.documents.Shape;
import io.dougong.kernel.Json;
import io.dougong.kernel.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Steps {@code http: …}: one request. Outputs are {@code status} and {@code body}, parsed if it is JSON. The header
 * {@code Idempotency-Key} is the step's. Answers 429 and from 500 on, and no answer, are the platform's fault; other answers that are
 * not expected the user's.
 */
public final class HttpKind implements StepKind {

    private static final int MAX_BODY = 1 << 20;
    private static final int TOO_MANY = 429;
    private static final int FIRST_SERVER_ERROR = 500;
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final HttpClient client;

    public HttpKind(HttpClient client) {
        this.client = client;
    }

    @Override
    public String name() {
        return "http";
    }

    @Override
    public String brief() {
        return "url";
    }

    @Override
    public Shape settings() {
        return new Shape.Keys(
                "a request",
                List.of(
                        required(
                                "url",
                                new Shape.Text("an address", "^https?://\\S+$", "Begin with http:// or https://."),
                                "Where to."),
                        optional(
                                "method",
                                new Shape.Choice("a method", List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD")),
                                "GET, or POST with a body."),
                        optional("headers", WorkflowGrammar.VALUES, "Headers, by name."),
                        optional("body", new Shape.Any(), "A text, or what is sent as JSON."),
                        optional(
                                "expect",
                                new Shape.Items("a list of status codes", new Shape.Whole(100, 599), 1, 20),
                                "The answers that are good (default: 200 to 299).")));
    }

    @Override
    public StepOutcome run(StepContext context) throws IOException, InterruptedException {
        HttpRequest request = request(context);
        context.log(request.method() + " " + request.uri());
        HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream in = response.body()) {
            byte[] body = in.readNBytes(MAX_BODY + 1);
            context.log("answered " + response.statusCode() + ", " + body.length + " bytes");
            return outcome(context.settings(), response, body);
        }
    }

    private static HttpRequest request(StepContext context) {
        Map<String, Object> settings = context.settings();
        Object body = settings.get("body");
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(String.valueOf(settings.get("url"))))
                .timeout(LONGEST)
                .header("Idempotency-Key", context.idempotencyKey());
        if (body != null && !(body instanceof String)) {
            builder.header("Content-Type", "application/json");
        }
        if (settings.get("headers") instanceof Map<?, ?> headers) {
            headers.forEach((name, value) -> builder.setHeader(String.valueOf(name), String.valueOf(value)));
        }
        String method = String.valueOf(settings.getOrDefault("method", body == null ? "GET" : "POST"));
        return builder.method(method, publisher(body)).build();
    }

    private static HttpRequest.BodyPublisher publisher(@Nullable Object body) {
        return switch (body) {
            case null -> HttpRequest.BodyPublishers.noBody();
            case String text -> HttpRequest.BodyPublishers.ofString(text);
            default -> HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body));
        };
    }

    private static StepOutcome outcome(Map<String, Object> settings, HttpResponse<InputStream> response, byte[] body) {
        int status = response.statusCode();
        if (!expected(settings, status)) {
            boolean platform = status == TOO_MANY || status >= FIRST_SERVER_ERROR;
            return StepOutcome.failed(
                    platform ? StepOutcome.Failure.PLATFORM : StepOutcome.Failure.USER,
                    response.uri() + " answered " + status + ": " + brief(body));
        }
        if (body.length > MAX_BODY) {
            return StepOutcome.failed(StepOutcome.Failure.USER, "the answer is longer than 1MiB");
        }
        return StepOutcome.done(Map.of("status", (long) status, "body", value(response, body)));
    }

    private static boolean expected(Map<String, Object> settings, int status) {
        return settings.get("expect") instanceof List<?> good ? good.contains((long) status) : status / 100 == 2;
    }

    private static Object value(HttpResponse<InputStream> response, byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        boolean json = response.headers()
                .firstValue("Content-Type")
                .map(type -> type.contains("json"))
                .orElse(false);
        try {
            Object value = json ? Values.of(Json.tree(body)) : text;
            return value == null ? text : value;
        } catch (Problem malformed) {
            return text;
        }
    }

    private static String brief(byte[] body) {
        String text = new String(body, 0, Math.min(body.length, 300), StandardCharsets.UTF_8);
        return text.strip().replace('\n', ' ');
    }
}
