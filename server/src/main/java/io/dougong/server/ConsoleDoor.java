package io.dougong.server;

import io.dougong.kernel.Problem;
import io.dougong.server.console.Console;
import io.dougong.server.console.Response;
import io.dougong.server.console.Visit;
import io.dougong.trust.Caller;
import io.dougong.trust.Permission;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * People: a cookie in, pages out. A request that changes something must come from a page of this very origin, so that no other
 * page, not even one on another port of this machine, can press a button here.
 */
final class ConsoleDoor implements Door {

    private static final Caller NOBODY = new Caller("none", "", Set.of());
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final Access access;
    private final BrowserSessions sessions;
    private final Console console;
    private final Writer writer;

    ConsoleDoor(Access access, BrowserSessions sessions, Console console, Writer writer) {
        this.access = access;
        this.sessions = sessions;
        this.console = console;
        this.writer = writer;
    }

    @Override
    public Caller admit(HttpServerRequest request, @Nullable Permission needed) {
        if (!request.method().equals(HttpMethod.GET)) {
            checkOrigin(request);
        }
        if (needed == null) {
            return NOBODY;
        }
        Cookie cookie = request.getCookie(sessions.cookieName());
        String token = cookie == null ? null : sessions.token(cookie.getValue()).orElse(null);
        return access.admit(
                token == null ? null : "Bearer " + token,
                request.remoteAddress().hostAddress(),
                needed);
    }

    private static void checkOrigin(HttpServerRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        String origin = request.getHeader("Origin");
        String host = request.authority() == null ? "" : request.authority().toString();
        boolean foreignSite = site != null && !site.equals("same-origin") && !site.equals("none");
        boolean foreignOrigin =
                origin != null && !origin.replaceFirst("^https?://", "").equals(host);
        if (foreignSite || foreignOrigin) {
            throw ServerProblem.foreignOrigin(origin == null ? "?" : origin);
        }
    }

    @Override
    public void write(RoutingContext context, Reply reply) {
        writer.write(
                context,
                reply.with("Content-Security-Policy", POLICY)
                        .with("Referrer-Policy", "same-origin")
                        .with("X-Frame-Options", "DENY")
                        .with("Cross-Origin-Opener-Policy", "same-origin"));
    }

    @Override
    public void refuse(RoutingContext context, Throwable failed) {
        context.request().resume();
        Problem problem = Writer.known(failed);
        boolean part = context.request().getHeader("HX-Request") != null;
        if (problem.kind() == Problem.Kind.UNAUTHENTICATED
                && !context.request().path().equals("/enter")) {
            toLogin(context, part);
            return;
        }
        int status = problem instanceof ServerProblem own
                ? own.status()
                : problem.kind().status();
        Visit visit = Visit.unknown(
                ConsoleRoutes.language(context.request().headers()),
                ConsoleRoutes.theme(context.request().headers()),
                context.request().uri(),
                part);
        write(context, ConsoleRoutes.reply(console.refusal(visit, problem, status)));
    }

    private void toLogin(RoutingContext context, boolean part) {
        String here = context.request().uri();
        boolean page = context.request().method().equals(HttpMethod.GET) && !part && !here.equals("/live");
        String login = "/login" + (page ? "?to=" + URLEncoder.encode(here, StandardCharsets.UTF_8) : "");
        Response response = part || here.equals("/live")
                ? new Response(401, "text/plain", new byte[0], java.util.Map.of("HX-Redirect", login))
                : new Response(303, "text/plain", new byte[0], java.util.Map.of("Location", login));
        write(context, ConsoleRoutes.reply(response));
    }
}
