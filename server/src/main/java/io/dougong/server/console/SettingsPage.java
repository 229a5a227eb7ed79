package io.dougong.server.console;

import static j2html.TagCreator.attrs;
import static j2html.TagCreator.button;
import static j2html.TagCreator.code;
import static j2html.TagCreator.div;
import static j2html.TagCreator.dl;
import static j2html.TagCreator.each;
import static j2html.TagCreator.fieldset;
import static j2html.TagCreator.form;
import static j2html.TagCreator.input;
import static j2html.TagCreator.label;
import static j2html.TagCreator.legend;
import static j2html.TagCreator.p;
import static j2html.TagCreator.span;
import static j2html.TagCreator.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.dougong.kernel.Times;
import io.dougong.node.Node;
import io.dougong.trust.Permission;
import io.dougong.trust.Role;
import io.dougong.trust.TokenInfo;
import io.dougong.trust.Tokens;
import j2html.tags.DomContent;
import java.time.Clock;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Who is signed in, tokens, what runs here, and the doctor. */
final class SettingsPage {

    private static final int TOKENS = 100;

    private final Node node;
    private final Layout layout;
    private final Console.Settings settings;
    private final Supplier<JsonNode> doctor;

    SettingsPage(Node node, Layout layout, Console.Settings settings, Supplier<JsonNode> doctor) {
        this.node = node;
        this.layout = layout;
        this.settings = settings;
        this.doctor = doctor;
    }

    Response show(Visit visit) {
        return page(visit, text(""));
    }

    private Response page(Visit visit, DomContent news) {
        return layout.page(
                visit,
                "settings",
                visit.say("page.settings"),
                "",
                news,
                div(attrs(".columns"), node(visit), health(visit)),
                visit.may(Permission.MANAGE_TOKENS)
                        ? tokens(visit)
                        : Blocks.card(visit.say("tokens"), Blocks.note(visit.say("tokens.role"))));
    }

    private DomContent node(Visit visit) {
        return Blocks.card(
                visit.say("node"),
                dl(
                        DecisionPage.fact(visit.say("node.version"), settings.version()),
                        DecisionPage.fact(
                                visit.say("node.home"), settings.home().toString()),
                        DecisionPage.fact("Java", Runtime.version().toString()),
                        DecisionPage.fact(
                                visit.say("node.memory"),
                                Figures.bytes(Runtime.getRuntime().totalMemory()
                                                - Runtime.getRuntime().freeMemory())
                                        + " / "
                                        + Figures.bytes(Runtime.getRuntime().maxMemory())),
                        each(
                                node.applications(),
                                application -> DecisionPage.fact(
                                        application.name(),
                                        application.version().hex().substring(0, 16))),
                        DecisionPage.fact(
                                visit.say("node.you"),
                                visit.caller().name() + " ("
                                        + roles(visit.caller().roles()) + ")")));
    }

    private static String roles(Set<Role> roles) {
        return String.join(", ", roles.stream().map(Role::name).sorted().toList());
    }

    private static DomContent health(Visit visit) {
        return Blocks.card(
                visit.say("doctor"),
                Blocks.note(visit.say("doctor.note")),
                div(
                        attrs(".buttons"),
                        button(visit.say("doctor.ask"))
                                .withId("ask-doctor")
                                .withClass("quiet")
                                .attr("hx-post", "/settings/doctor")
                                .attr("hx-target", "#findings")
                                .attr("hx-disabled-elt", "this")),
                div(attrs("#findings.result")).attr("aria-live", "polite"));
    }

    Response examine(Visit visit) {
        return Response.part(div(
                attrs(".content"),
                each(
                        doctor.get().path("checks").valueStream().toList(),
                        check -> Blocks.alert(
                                check.path("ok").asBoolean() ? "low" : "high",
                                check.path("name").asText(),
                                check.path("detail").asText() + " "
                                        + check.path("advice").asText()))));
    }

    private DomContent tokens(Visit visit) {
        long now = Times.micros(Clock.systemUTC().instant());
        List<TokenInfo> all = node.keyring().list().stream()
                .sorted(Comparator.comparing((TokenInfo token) -> !token.usable(now))
                        .thenComparing(Comparator.comparingLong(TokenInfo::createdMicros)
                                .reversed()))
                .limit(TOKENS)
                .toList();
        return Blocks.card(
                visit.say("tokens"),
                create(visit),
                Blocks.grid(
                        List.of(
                                visit.say("token.name"),
                                visit.say("token.roles"),
                                visit.say("token.made"),
                                visit.say("token.used"),
                                visit.say("token.state")),
                        all.stream().map(token -> row(visit, token, now)).toList()));
    }

    private static DomContent create(Visit visit) {
        return form(
                        attrs(".filters"),
                        label(
                                span(visit.say("token.name")),
                                input().withName("name").isRequired().attr("autocomplete", "off")),
                        fieldset(
                                        legend(visit.say("token.roles")),
                                        each(
                                                List.of(Role.values()),
                                                role -> label(
                                                                input().withType("checkbox")
                                                                        .withName("roles")
                                                                        .withValue(role.name()),
                                                                span(role.name()))
                                                        .withClass("check")))
                                .withClass("buttons"),
                        button(visit.say("token.create")))
                .withMethod("post")
                .withAction("/settings/tokens");
    }

    private static DomContent row(Visit visit, TokenInfo token, long now) {
        return Blocks.row(
                Blocks.text(token.name()),
                Blocks.text(roles(token.roles())),
                Blocks.at(token.createdMicros()),
                Blocks.at(token.lastUsedMicros().orElse(0L)),
                token.usable(now)
                        ? form(button(visit.say("token.revoke")).withClass("danger"))
                                .withMethod("post")
                                .withAction("/settings/tokens/" + token.id() + "/revoke")
                        : Blocks.badge(visit.say("token.over"), "quiet"));
    }

    /** The secret is shown in the answer, once. */
    Response created(Visit visit) {
        EnumSet<Role> roles = EnumSet.noneOf(Role.class);
        for (Role role : Role.values()) {
            if (List.of(visit.sent("roles").split(",", -1)).contains(role.name())) {
                roles.add(role);
            }
        }
        Tokens.Created created = node.keyring()
                .create(
                        visit.sent("name"),
                        roles,
                        Optional.empty(),
                        visit.caller().actor());
        return page(
                visit,
                div(
                                attrs(".alert.tone-low"),
                                p(visit.say("token.created", created.info().name())),
                                code(created.secret()).withId("secret"),
                                p(visit.say("token.once")))
                        .attr("role", "status"));
    }

    Response revoked(Visit visit) {
        node.keyring().revoke(visit.at("id"), visit.caller().actor());
        return Response.seeOther("/settings");
    }
}
