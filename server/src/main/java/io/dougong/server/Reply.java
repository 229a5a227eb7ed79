package io.dougong.server;

import io.dougong.kernel.Json;
import io.dougong.kernel.Problem;
import io.dougong.manifest.ManifestProblem;
import io.dougong.trust.TrustProblem;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A whole answer. */
@SuppressWarnings("ArrayRecordComponent")
record Reply(int status, String contentType, byte[] body, Map<String, String> headers) implements Answer {

    static final String JSON = "application/json";
    static final String PROBLEM_JSON = "application/problem+json";

    private static final int OK = 200;
    private static final int CREATED = 201;

    static Reply ok(Object value) {
        return json(Json.bytes(value));
    }

    static Reply created(Object value) {
        return new Reply(CREATED, JSON, Json.bytes(value), Map.of());
    }

    static Reply json(byte[] json) {
        return new Reply(OK, JSON, json, Map.of());
    }

    static Reply yaml(byte[] yaml) {
        return new Reply(OK, "application/yaml", yaml, Map.of());
    }

    static Reply text(String contentType, String text) {
        return new Reply(OK, contentType, text.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    Reply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(status, contentType, body, more);
    }

    Reply as(int otherStatus) {
        return new Reply(otherStatus, contentType, body, headers);
    }

    /** RFC 9457, with the members {@code code} and {@code advice} besides; and {@code error}, where clients of inference look for it. */
    static Reply of(Problem problem, String instance) {
        int status = problem instanceof ServerProblem own
                ? own.status()
                : problem.kind().status();
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", "urn:dougong:problem:" + problem.code());
        members.put("code", problem.code());
        members.put("title", title(problem.code()));
        members.put("detail", problem.getMessage());
        members.put("advice", problem.advice());
        members.put("status", status);
        members.put("instance", instance);
        if (instance.startsWith("/v2")) {
            members.put("error", problem.explained());
        }
        if (problem instanceof ManifestProblem manifest && !manifest.faults().isEmpty()) {
            members.put("faults", manifest.faults());
        }
        Reply reply = new Reply(status, PROBLEM_JSON, Json.bytes(members), Map.of());
        return switch (problem.kind()) {
            case OVERLOADED, UNAVAILABLE -> reply.with("Retry-After", retryAfterSeconds(problem));
            case UNAUTHENTICATED -> reply.with("WWW-Authenticate", "Bearer realm=\"dougong\"");
            default -> reply;
        };
    }

    private static String retryAfterSeconds(Problem problem) {
        long millis = problem instanceof TrustProblem.TooManyAttempts waiting ? waiting.retryAfterMillis() : 1000;
        return Long.toString(Math.max(1, (millis + 999) / 1000));
    }

    private static String title(String code) {
        return code.substring(0, 1).toUpperCase(Locale.ROOT) + code.substring(1).replace('-', ' ');
    }
}
