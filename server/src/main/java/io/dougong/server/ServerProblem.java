package io.dougong.server;

import io.dougong.kernel.Problem;
import java.util.List;

/** What HTTP itself refuses: before a request reaches a room, or because of how it was sent. */
final class ServerProblem extends Problem {

    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int MISDIRECTED = 421;
    private static final int UNSUPPORTED_MEDIA_TYPE = 415;

    private final int status;

    private ServerProblem(Kind kind, int status, String code, String message, String advice) {
        super(kind, code, message, advice);
        this.status = status;
    }

    private ServerProblem(Kind kind, String code, String message, String advice) {
        this(kind, kind.status(), code, message, advice);
    }

    int status() {
        return status;
    }

    static ServerProblem foreignOrigin(String origin) {
        return new ServerProblem(
                Kind.DENIED,
                "foreign-origin",
                "The request comes from another page: " + origin + ".",
                "Open the console itself and press the button there.");
    }

    static ServerProblem unknownPath(String path, String near) {
        return new ServerProblem(
                Kind.NOT_FOUND,
                "unknown-path",
                "There is nothing at " + path + ".",
                near.isEmpty() ? "GET /api/v1/openapi.json lists every path." : near);
    }

    static ServerProblem methodNotAllowed(String method, String path, List<String> allowed) {
        return new ServerProblem(
                Kind.BAD_INPUT,
                METHOD_NOT_ALLOWED,
                "method-not-allowed",
                path + " does not answer " + method + ".",
                "It answers " + String.join(", ", allowed) + ".");
    }

    static ServerProblem unsupportedMediaType(String found, List<String> expected) {
        return new ServerProblem(
                Kind.BAD_INPUT,
                UNSUPPORTED_MEDIA_TYPE,
                "unsupported-media-type",
                found.isEmpty() ? "The body has no Content-Type." : "The body has Content-Type '" + found + "'.",
                "Send it as " + String.join(" or ", expected) + ".");
    }

    static ServerProblem bodyTooLarge(long limitBytes) {
        return new ServerProblem(
                Kind.TOO_LARGE,
                "body-too-large",
                "The body has more than " + limitBytes + " bytes.",
                "Send it in smaller parts.");
    }

    static ServerProblem bodyTooSlow(long timeoutMillis) {
        return new ServerProblem(
                Kind.BAD_INPUT,
                REQUEST_TIMEOUT,
                "body-too-slow",
                "The body did not arrive within " + timeoutMillis / 1000 + " s.",
                "Try again, maybe in smaller parts.");
    }

    static ServerProblem unknownParameter(String name, String near) {
        return new ServerProblem(
                Kind.BAD_INPUT, "unknown-parameter", "There is no query parameter '" + name + "' here.", near);
    }

    static ServerProblem unknownSetting(String name, String file, String near) {
        return new ServerProblem(
                Kind.BAD_INPUT, "unknown-setting", "There is no setting '" + name + "', as " + file + " has it.", near);
    }

    static ServerProblem repeatedParameter(String name) {
        return new ServerProblem(
                Kind.BAD_INPUT, "repeated-parameter", "Query parameter '" + name + "' was given more than once.", "");
    }

    static ServerProblem badParameter(String name, String value, String expected) {
        return new ServerProblem(
                Kind.BAD_INPUT,
                "bad-parameter",
                "Parameter '" + name + "' is '" + value + "', expected " + expected + ".",
                "");
    }

    static ServerProblem badField(String name, String message, String advice) {
        return new ServerProblem(Kind.BAD_INPUT, "wrong-value", "Field '" + name + "' " + message + ".", advice);
    }

    static ServerProblem unknownField(String name, String near) {
        return new ServerProblem(Kind.BAD_INPUT, "unknown-field", "There is no field '" + name + "' here.", near);
    }

    static ServerProblem missingField(String name) {
        return new ServerProblem(Kind.BAD_INPUT, "missing-field", "Field '" + name + "' is required and missing.", "");
    }

    static ServerProblem notAnObject() {
        return new ServerProblem(Kind.BAD_INPUT, "not-an-object", "The body is not a JSON object.", "");
    }

    static ServerProblem badRequest(String why) {
        return new ServerProblem(Kind.BAD_INPUT, "bad-request", why, "");
    }

    static ServerProblem foreignHost(String host) {
        return new ServerProblem(
                Kind.BAD_INPUT,
                MISDIRECTED,
                "foreign-host",
                "This server does not answer for host '" + host + "'.",
                "If it should, start it with --host-name " + (host.isEmpty() ? "NAME" : host) + ".");
    }

    static ServerProblem localTokenFromAfar() {
        return new ServerProblem(
                Kind.UNAUTHENTICATED,
                "local-token",
                "The bootstrap token works from this machine only.",
                "Create a token of its own for each remote client: 'dougong tokens create'.");
    }

    static ServerProblem openBinding(String host) {
        return new ServerProblem(
                Kind.CONFLICT,
                "no-tokens",
                "Host " + host + " can be reached from other machines, and no token was made for any client yet.",
                "Start on 127.0.0.1, run 'dougong tokens create NAME --role decider', then start again.");
    }

    static ServerProblem overloaded(String lane) {
        return new ServerProblem(
                Kind.OVERLOADED, "overloaded", "The line for " + lane + " is full.", "Try again in a moment.");
    }

    static ServerProblem draining() {
        return new ServerProblem(
                Kind.UNAVAILABLE, "draining", "The server is stopping.", "Try again when it has been started anew.");
    }

    static ServerProblem internal(String incident) {
        return new ServerProblem(
                Kind.INTERNAL,
                "internal",
                "Something went wrong here, not with your request.",
                "Look for incident " + incident + " in the server's log.");
    }
}
