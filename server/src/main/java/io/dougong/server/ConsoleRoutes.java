package io.dougong.server;

import io.dougong.server.console.Console;
import io.dougong.server.console.Language;
import io.dougong.server.console.Response;
import io.dougong.server.console.Route;
import io.dougong.server.console.Visit;
import io.dougong.trust.Permission;
import io.vertx.core.MultiMap;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Hangs the pages of the console into the router, as endpoints like those of the API. */
final class ConsoleRoutes {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final long FORM_BYTES = 64 * 1024L;
    private static final long TICK_MILLIS = 1_000;

    private final Console console;

    ConsoleRoutes(Console console) {
        this.console = console;
    }

    List<Endpoint> endpoints() {
        return Stream.concat(console.routes().stream().map(ConsoleRoutes::endpoint), Stream.of(live()))
                .toList();
    }

    private static Endpoint endpoint(Route route) {
        Endpoint.Builder builder = route.method().equals("GET")
                ? Endpoint.get(route.path())
                : Endpoint.post(route.path()).takes(FORM_BYTES, FORM);
        builder.tag("console").says("A page");
        route.parameters().forEach(name -> builder.query(name, ""));
        if (route.needs() != null) {
            builder.needs(route.needs());
        }
        switch (route.work()) {
            case NONE -> {}
            case SHORT -> builder.in(Lanes.Kind.READ);
            case LONG -> builder.in(Lanes.Kind.LONG);
        }
        return builder.answers(call -> reply(route.handler().answer(visit(call))));
    }

    /** Every open page hears the same snapshot, each new one once. */
    private Endpoint live() {
        return Endpoint.get("/live")
                .tag("console")
                .says("What changes")
                .needs(Permission.READ)
                .in(Lanes.Kind.FEED)
                .answers(_ -> {
                    long[] sent = new long[1];
                    return new Feed(() -> news(sent), TICK_MILLIS);
                });
    }

    private List<Feed.Item> news(long[] sent) {
        byte[] snapshot = console.snapshot();
        long number = console.snapshotNumber();
        if (number == sent[0]) {
            return List.of();
        }
        sent[0] = number;
        return List.of(new Feed.Item(Long.toString(number), snapshot));
    }

    static Reply reply(Response response) {
        return new Reply(response.status(), response.contentType(), response.body(), response.headers());
    }

    private static Visit visit(Call call) {
        return new Visit(
                call.pathParameters(),
                call.queryParameters(),
                form(call.bytes()),
                call.caller(),
                language(call.headers()),
                theme(call.headers()),
                here(call),
                call.headers().contains("HX-Request"),
                call.peer());
    }

    private static String here(Call call) {
        StringBuilder here = new StringBuilder(call.endpoint().path());
        call.pathParameters().forEach((name, value) -> {
            int at = here.indexOf("{" + name + "}");
            if (at >= 0) {
                here.replace(at, at + name.length() + 2, value);
            }
        });
        String separator = "?";
        for (Map.Entry<String, String> parameter : call.queryParameters().entrySet()) {
            here.append(separator)
                    .append(parameter.getKey())
                    .append('=')
                    .append(java.net.URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8));
            separator = "&";
        }
        return here.toString();
    }

    private static Map<String, String> form(byte[] bytes) {
        Map<String, String> form = new LinkedHashMap<>();
        for (String pair : new String(bytes, StandardCharsets.UTF_8).split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                form.merge(
                        decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)), (a, b) -> a + "," + b);
            }
        }
        return form;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw ServerProblem.badRequest("The form is not well formed.");
        }
    }

    static Language language(MultiMap headers) {
        return Language.of(cookie(headers, "dougong_language"), headers.get("Accept-Language"));
    }

    static Visit.Theme theme(MultiMap headers) {
        String wanted = cookie(headers, "dougong_theme");
        for (Visit.Theme theme : Visit.Theme.values()) {
            if (theme.name().equals(wanted)) {
                return theme;
            }
        }
        return Visit.Theme.AUTO;
    }

    private static String cookie(MultiMap headers, String name) {
        String header = headers.get("Cookie");
        if (header == null) {
            return "";
        }
        for (String part : header.split(";", -1)) {
            String[] pair = part.strip().split("=", 2);
            if (pair.length == 2 && pair[0].equals(name)) {
                return pair[1];
            }
        }
        return "";
    }
}
