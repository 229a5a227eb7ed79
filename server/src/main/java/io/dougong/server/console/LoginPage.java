package io.dougong.server.console;

import static j2html.TagCreator.attrs;
import static j2html.TagCreator.button;
import static j2html.TagCreator.code;
import static j2html.TagCreator.form;
import static j2html.TagCreator.iff;
import static j2html.TagCreator.input;
import static j2html.TagCreator.label;
import static j2html.TagCreator.p;
import static j2html.TagCreator.span;

import io.dougong.kernel.Problem;
import io.dougong.trust.Permission;

/** Where a token is taken, and a cookie given for it. */
final class LoginPage {

    private static final int UNAUTHORIZED = 401;
    private static final int TOO_MANY = 429;

    private final Layout layout;
    private final Console.Sessions sessions;

    LoginPage(Layout layout, Console.Sessions sessions) {
        this.layout = layout;
        this.sessions = sessions;
    }

    Response ask(Visit visit) {
        return form(visit, "");
    }

    private Response form(Visit visit, String refusal) {
        String to = visit.form().containsKey("to") ? visit.sent("to") : visit.asked("to");
        return layout.bare(
                visit,
                visit.say("login"),
                iff(!refusal.isEmpty(), Blocks.alert("high", visit.say("login.refused"), refusal)),
                j2html.TagCreator.form(
                                attrs(".login"),
                                input().withType("hidden").withName("to").withValue(to.isEmpty() ? "/" : to),
                                label(
                                        span(visit.say("login.token")),
                                        input().withType("password")
                                                .withName("token")
                                                .isRequired()
                                                .attr("autofocus")
                                                .attr("autocomplete", "current-password")
                                                .withPlaceholder("dgt_…")),
                                button(visit.say("login.enter")))
                        .withMethod("post")
                        .withAction("/login"),
                p(visit.say("login.hint") + " ").with(code("dougong console")).withClass("note"));
    }

    Response enter(Visit visit) {
        try {
            sessions.check(visit.sent("token"), visit.peer(), Permission.READ);
        } catch (Problem refused) {
            int status = refused.kind() == Problem.Kind.OVERLOADED ? TOO_MANY : UNAUTHORIZED;
            return form(visit, refused.explained()).as(status);
        }
        return Response.seeOther(visit.sent("to")).with("Set-Cookie", sessions.cookie(visit.sent("token")));
    }

    /** By a link that a command on this machine made. */
    Response byLink(Visit visit) {
        String token = sessions.redeem(visit.asked("code")).orElseThrow(ConsoleProblem::staleLink);
        return Response.seeOther("/" + visit.asked("to").replaceFirst("^/+", ""))
                .with("Set-Cookie", sessions.cookie(token));
    }

    Response leave() {
        return Response.seeOther("/login").with("Set-Cookie", sessions.goneCookie());
    }
}
