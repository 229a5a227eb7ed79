package io.dougong.server;

import io.dougong.kernel.Json;
import io.dougong.kernel.Problem;
import io.dougong.tracking.TrackingProblem;
import io.dougong.trust.Caller;
import io.dougong.trust.Permission;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Clients of MLflow: a token as bearer, or as the password of a user with any name; what is refused is told as they expect it,
 * as {@code error_code} and {@code message}.
 */
record MlflowDoor(Access access, Writer writer) implements Door {

    private static final int BAD_REQUEST = 400;
    private static final int NOT_IMPLEMENTED = 501;
    private static final String BASIC = "basic ";
    static final String COVERAGE = "docs/guide/mlflow-coverage.md";

    @Override
    public Caller admit(HttpServerRequest request, @Nullable Permission needed) {
        return access.admit(
                bearer(request.getHeader("Authorization")),
                request.remoteAddress().hostAddress(),
                needed);
    }

    private static @Nullable String bearer(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return authorization;
        }
        try {
            byte[] decoded = Base64.getDecoder()
                    .decode(authorization.substring(BASIC.length()).strip());
            String pair = new String(decoded, StandardCharsets.UTF_8);
            return "Bearer " + pair.substring(pair.indexOf(':') + 1);
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    @Override
    public void write(RoutingContext context, Reply reply) {
        writer.write(context, reply);
    }

    @Override
    public void refuse(RoutingContext context, Throwable failed) {
        context.request().resume();
        writer.write(context, error(Writer.known(failed), context.request().path()));
    }

    static Reply error(Problem problem, String path) {
        Reply plain = Reply.of(problem, path);
        int status = problem.kind() == Problem.Kind.CONFLICT ? BAD_REQUEST : plain.status();
        return new Reply(
                status,
                Reply.JSON,
                Json.bytes(Map.of("error_code", code(problem), "message", problem.explained())),
                plain.headers());
    }

    private static String code(Problem problem) {
        return switch (problem.kind()) {
            case BAD_INPUT, TOO_LARGE -> "INVALID_PARAMETER_VALUE";
            case UNAUTHENTICATED -> "UNAUTHENTICATED";
            case DENIED -> "PERMISSION_DENIED";
            case NOT_FOUND, GONE -> "RESOURCE_DOES_NOT_EXIST";
            case CONFLICT -> problem instanceof TrackingProblem.Exists ? "RESOURCE_ALREADY_EXISTS" : "INVALID_STATE";
            case OVERLOADED -> "REQUEST_LIMIT_EXCEEDED";
            case UNAVAILABLE -> "TEMPORARILY_UNAVAILABLE";
            case INTERNAL, CORRUPT -> "INTERNAL_ERROR";
        };
    }

    /** What MLflow has and this server has not. */
    static Reply uncovered(String method, String path) {
        return new Reply(
                NOT_IMPLEMENTED,
                Reply.JSON,
                Json.bytes(Map.of(
                        "error_code",
                        "NOT_IMPLEMENTED",
                        "message",
                        method + " " + path + " is not covered by this server; " + COVERAGE + " lists what is.")),
                Map.of());
    }
}
