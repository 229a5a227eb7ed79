package io.dougong.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dougong.kernel.Json;

/** Why a command did not do what it was told, as a problem (RFC 9457), with its exit code. */
final class Refusal extends RuntimeException {

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY = 429;
    private static final int INTERNAL_ERROR = 500;
    private static final int UNAVAILABLE = 503;

    private final int exitCode;
    private final transient ObjectNode problem;

    private Refusal(int exitCode, ObjectNode problem) {
        super(problem.path("detail").asText());
        this.exitCode = exitCode;
        this.problem = problem;
    }

    static Refusal of(int exitCode, String code, String detail, String advice) {
        ObjectNode problem = Json.mapper().createObjectNode();
        problem.put("code", code).put("detail", detail).put("advice", advice);
        return new Refusal(exitCode, problem);
    }

    /** What the server answered with. */
    static Refusal answered(int status, ObjectNode problem) {
        int exit = switch (status) {
            case UNAUTHORIZED, FORBIDDEN -> Exit.DENIED;
            case TOO_MANY, UNAVAILABLE -> Exit.UNAVAILABLE;
            case INTERNAL_ERROR -> Exit.INTERNAL;
            default -> Exit.REFUSED;
        };
        return new Refusal(exit, problem);
    }

    static Refusal notRunning(String url, String why) {
        return of(
                Exit.UNAVAILABLE,
                "not-running",
                "No Dougong server answers at " + url + (why.isEmpty() ? "." : " (" + why + ")."),
                "Start one with 'dougong up --detach', or name another with --url.");
    }

    int exitCode() {
        return exitCode;
    }

    ObjectNode problem() {
        return problem;
    }

    String code() {
        return problem.path("code").asText();
    }

    String advice() {
        return problem.path("advice").asText();
    }
}
