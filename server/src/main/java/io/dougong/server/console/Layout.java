package io.dougong.server.console;

import static j2html.TagCreator.a;
import static j2html.TagCreator.attrs;
import static j2html.TagCreator.body;
import static j2html.TagCreator.button;
import static j2html.TagCreator.div;
import static j2html.TagCreator.document;
import static j2html.TagCreator.each;
import static j2html.TagCreator.form;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.head;
import static j2html.TagCreator.header;
import static j2html.TagCreator.html;
import static j2html.TagCreator.iff;
import static j2html.TagCreator.input;
import static j2html.TagCreator.link;
import static j2html.TagCreator.main;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.nav;
import static j2html.TagCreator.p;
import static j2html.TagCreator.script;
import static j2html.TagCreator.span;
import static j2html.TagCreator.title;

import j2html.tags.DomContent;
import java.util.List;
import java.util.Locale;

/** The frame around every page: head, navigation, heading, language and theme. */
final class Layout {

    private static final List<String> PAGES = List.of(
            "overview",
            "decisions",
            "reviews",
            "streams",
            "features",
            "lake",
            "models",
            "experiments",
            "monitors",
            "audit",
            "settings");
    private static final String HTMX =
            "{\"includeIndicatorStyles\":false,\"allowEval\":false,\"allowScriptTags\":false,"
                    + "\"selfRequestsOnly\":true,\"historyCacheSize\":0,\"responseHandling\":[{\"code\":\"204\",\"swap\":false},"
                    + "{\"code\":\"[23]..\",\"swap\":true},{\"code\":\"[45]..\",\"swap\":true,\"error\":true}]}";

    private final StaticFiles files;
    private final StageBar stage;

    Layout(StaticFiles files, StageBar stage) {
        this.files = files;
        this.stage = stage;
    }

    /** @param page which entry of the navigation is the current one; empty if none */
    Response page(Visit visit, String page, String heading, String lead, DomContent... content) {
        DomContent inside = div(
                attrs(".frame"),
                a(visit.say("skip")).withHref("#content").withClass("skip"),
                navigation(visit, page),
                main(
                                header(
                                        attrs(".page-head"),
                                        h1(heading),
                                        iff(!lead.isEmpty(), p(lead).withClass("lead"))),
                                div(attrs(".content"), content))
                        .withId("content")
                        .attr("tabindex", "-1"),
                stage.of(visit));
        return Response.html(document(html(headOf(visit, heading), bodyOf(visit, inside))
                .withLang(visit.language().tag())
                .attr("data-theme", visit.theme().name().toLowerCase(Locale.ROOT))));
    }

    /** A page without navigation. */
    Response bare(Visit visit, String heading, DomContent... content) {
        DomContent inside = div(
                attrs(".bare"),
                main(
                                div(
                                        attrs(".brand"),
                                        Icons.bracket("logo"),
                                        span("Dougong"),
                                        span("斗拱").withLang("zh")),
                                h1(heading),
                                div(content))
                        .withId("content"),
                preferences(visit));
        return Response.html(document(html(headOf(visit, heading), bodyOf(visit, inside))
                .withLang(visit.language().tag())
                .attr("data-theme", visit.theme().name().toLowerCase(Locale.ROOT))));
    }

    private static DomContent bodyOf(Visit visit, DomContent inside) {
        return body(inside, div(attrs("#toast.toast")).attr("role", "status").attr("aria-live", "polite"))
                .attr("data-feed", visit.known() ? "/live" : "")
                .attr("data-lost", visit.say("live.lost"));
    }

    private DomContent headOf(Visit visit, String heading) {
        return head(
                meta().withCharset("utf-8"),
                meta().withName("viewport").withContent("width=device-width, initial-scale=1"),
                meta().withName("htmx-config").withContent(HTMX),
                meta().withName("color-scheme").withContent("light dark"),
                title(heading + " · " + visit.say("product")),
                link().withRel("icon").withHref(files.url("mark.svg")).withType("image/svg+xml"),
                link().withRel("stylesheet").withHref(files.url("uplot.css")),
                link().withRel("stylesheet").withHref(files.url("console.css")),
                script().withSrc(files.url("htmx.js")).attr("defer"),
                script().withSrc(files.url("uplot.js")).attr("defer"),
                script().withSrc(files.url("console.js")).attr("defer"),
                iff(stage.up(), script().withSrc(files.url("stage.js")).attr("defer")));
    }

    private static DomContent navigation(Visit visit, String current) {
        return header(
                attrs(".side"),
                a(
                                Icons.bracket("logo"),
                                span("Dougong"),
                                span("斗拱").withLang("zh").withClass("brand-zh"))
                        .withHref("/")
                        .withClass("brand")
                        .attr("aria-label", "Dougong"),
                button(visit.say("menu"))
                        .withType("button")
                        .withId("menu")
                        .withClass("menu")
                        .attr("aria-expanded", "false")
                        .attr("aria-controls", "pages"),
                nav(each(PAGES, page -> entry(visit, page, current)))
                        .withId("pages")
                        .attr("aria-label", visit.say("pages")),
                preferences(visit));
    }

    private static DomContent entry(Visit visit, String page, String current) {
        String path = page.equals("overview") ? "/" : "/" + page;
        var entry = a(Icons.of(page), span(visit.say("page." + page))).withHref(path);
        return page.equals(current) ? entry.attr("aria-current", "page") : entry;
    }

    private static DomContent preferences(Visit visit) {
        return form(
                        attrs(".preferences"),
                        input().withType("hidden").withName("back").withValue(visit.here()),
                        button(visit.chinese() ? "English" : "简体中文")
                                .withName("language")
                                .withValue(visit.chinese() ? "en" : "zh")
                                .withLang(visit.chinese() ? "en" : "zh-CN"),
                        button(
                                        themeMark(visit),
                                        span(visit.say("theme." + visit.theme().name())))
                                .withName("theme")
                                .withValue(following(visit.theme()).name())
                                .attr("title", visit.say("theme.switch")),
                        iff(
                                visit.known(),
                                button(visit.say("logout"))
                                        .withFormaction("/logout")
                                        .attr("title", visit.caller().name())))
                .withMethod("post")
                .withAction("/preferences");
    }

    private static DomContent themeMark(Visit visit) {
        String mark = switch (visit.theme()) {
            case AUTO -> "◐";
            case LIGHT -> "○";
            case DARK -> "●";
        };
        return span(mark).attr("aria-hidden", "true");
    }

    private static Visit.Theme following(Visit.Theme theme) {
        return switch (theme) {
            case AUTO -> Visit.Theme.LIGHT;
            case LIGHT -> Visit.Theme.DARK;
            case DARK -> Visit.Theme.AUTO;
        };
    }
}
