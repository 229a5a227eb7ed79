package io.dougong.server.console;

import static j2html.TagCreator.attrs;
import static j2html.TagCreator.button;
import static j2html.TagCreator.code;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.iff;
import static j2html.TagCreator.li;
import static j2html.TagCreator.ol;
import static j2html.TagCreator.p;
import static j2html.TagCreator.pre;
import static j2html.TagCreator.section;
import static j2html.TagCreator.span;
import static j2html.TagCreator.strong;
import static j2html.TagCreator.ul;

import io.dougong.kernel.Json;
import j2html.tags.DomContent;
import j2html.tags.specialized.ButtonTag;
import java.util.Locale;
import java.util.stream.IntStream;

/** The bar at the bottom of every page while somebody presents: narration, figures, and the buttons of who looks. */
final class StageBar {

    private static final int NO_CONTENT = 204;

    private final Stage stage;

    StageBar(Stage stage) {
        this.stage = stage;
    }

    boolean up() {
        return stage.shown().isPresent();
    }

    /** Nothing if nobody presents. */
    DomContent of(Visit visit) {
        return stage.shown().map(shown -> bar(visit, shown)).orElseGet(() -> Blocks.text(""));
    }

    /** What changed, for the page that is open; nothing if it has that already. */
    Response news(Visit visit) {
        stage.look();
        return stage.shown()
                .filter(shown -> !shown.tag().equals(visit.asked("tag")))
                .map(shown -> Response.part(bar(visit, shown)))
                .orElseGet(() -> Response.part(Blocks.text("")).as(up() ? NO_CONTENT : Response.GONE));
    }

    Response wish(Visit visit) {
        Stage.Act.of(visit.at("wish")).ifPresent(stage::wish);
        return Response.part(Blocks.text("")).as(NO_CONTENT);
    }

    private static DomContent bar(Visit visit, Stage.Shown shown) {
        Stage.Scene scene = shown.scene();
        Language language = visit.language();
        return section(
                        attrs("#stage.stage" + (scene.busy() ? ".busy" : "")),
                        div(
                                        attrs(".stage-said"),
                                        p(visit.say("stage.step", scene.step() + 1, scene.steps()))
                                                .withClass("stage-step"),
                                        h2(scene.title().in(language)),
                                        p(scene.text().in(language)).withClass("stage-text"))
                                .attr("aria-live", "polite"),
                        div(
                                attrs(".stage-shown"),
                                iff(!scene.facts().isEmpty(), facts(scene, language)),
                                iff(!scene.command().isEmpty(), command(scene))),
                        hands(visit, scene),
                        p(visit.say("stage.lost")).withClass("stage-lost").attr("role", "status"))
                .attr("aria-label", visit.say("stage.label"))
                .attr("data-tag", shown.tag())
                .attr("data-step", scene.step())
                .attr("data-busy", scene.busy())
                .attr("data-cue", scene.cue())
                .attr("data-page", scene.page())
                .attr("data-mark", scene.mark())
                .attr("data-hands", Json.text(scene.hands()));
    }

    private static DomContent facts(Stage.Scene scene, Language language) {
        return ul(each(
                        scene.facts(),
                        fact -> li(
                                        span(fact.name().in(language)),
                                        strong(fact.value().in(language)))
                                .withClass("tone-" + fact.tone())))
                .withClass("stage-facts");
    }

    private static DomContent command(Stage.Scene scene) {
        return pre(code("$ " + scene.command()), iff(!scene.answer().isEmpty(), code("\n" + scene.answer())))
                .withClass("stage-command")
                .attr("tabindex", "0")
                .attr("aria-label", scene.command());
    }

    private static DomContent hands(Visit visit, Stage.Scene scene) {
        boolean last = scene.step() == scene.steps() - 1;
        String play = scene.playing() ? "pause" : "play";
        return div(
                attrs(".stage-hands"),
                ol(each(
                                IntStream.range(0, scene.steps()).boxed().toList(),
                                step -> li().withClass(
                                                step < scene.step() ? "past" : step == scene.step() ? "now" : "")))
                        .withClass("stage-dots")
                        .attr("aria-hidden", "true"),
                div(
                        attrs(".buttons"),
                        wish(visit, "exit", "stage.exit").withClass("stage-quiet"),
                        wish(visit, play, "stage." + play).withClass("stage-quiet"),
                        wish(visit, "back", "stage.back")
                                .withClass("stage-quiet")
                                .withCondDisabled(scene.step() == 0 || scene.busy()),
                        wish(visit, "next", last ? "stage.end" : "stage.next").withCondDisabled(scene.busy())));
    }

    private static ButtonTag wish(Visit visit, String wish, String key) {
        return button(visit.say(key))
                .withType("button")
                .withId("stage-" + wish.toLowerCase(Locale.ROOT))
                .attr("data-wish", wish);
    }
}
