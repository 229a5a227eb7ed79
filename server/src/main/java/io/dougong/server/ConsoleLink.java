package io.dougong.server;

import io.dougong.trust.Permission;
import java.util.Map;

/** Lets a command that has a token open a browser which has none. */
final class ConsoleLink {

    private static final int SCHEME_LENGTH = "Bearer ".length();

    private ConsoleLink() {}

    static Endpoint endpoint(BrowserSessions sessions) {
        return Endpoint.post("/api/v1/console-links")
                .tag("node")
                .says("A path that opens the console in a browser, once, within five minutes, as the caller")
                .needs(Permission.READ)
                .in(Lanes.Kind.READ)
                .answers(call -> Reply.created(Map.of("path", "/enter?code=" + sessions.link(token(call)))));
    }

    private static String token(Call call) {
        String authorization = call.headers().get("Authorization");
        return authorization == null
                ? ""
                : authorization.substring(SCHEME_LENGTH).strip();
    }
}
