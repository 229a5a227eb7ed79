package io.dougong.server.console;

import static j2html.TagCreator.attrs;
import static j2html.TagCreator.button;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.input;
import static j2html.TagCreator.label;
import static j2html.TagCreator.option;
import static j2html.TagCreator.p;
import static j2html.TagCreator.select;
import static j2html.TagCreator.span;

import io.dougong.decisions.Decision;
import io.dougong.decisions.FeatureValue;
import io.dougong.decisions.Replay;
import io.dougong.node.Node;
import j2html.tags.DomContent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The same decision again: to the same bits, or with one value changed. */
final class WhatIf {

    private static final int SHOWN = 12;

    private final Node node;

    WhatIf(Node node) {
        this.node = node;
    }

    static DomContent form(Visit visit, Decision decision) {
        return j2html.TagCreator.form(
                        attrs(".what-if"),
                        h3(visit.say("what-if")),
                        label(
                                span(visit.say("value.feature")),
                                select(each(
                                                decision.features(),
                                                value -> option(value.name() + " = " + Figures.value(value.value()))
                                                        .withValue(value.name())))
                                        .withName("name")),
                        label(
                                span(visit.say("what-if.value")),
                                input().withName("value").isRequired().attr("autocomplete", "off")),
                        button(visit.say("what-if.ask")),
                        div(attrs("#changed.result")).attr("aria-live", "polite"))
                .attr("hx-post", "/decisions/" + decision.id() + "/what-if")
                .attr("hx-target", "#changed");
    }

    Response replay(Visit visit) {
        Replay replay = node.replay(visit.at("id"), Replay.Request.PLAIN);
        return Response.part(
                replay.identical()
                        ? Blocks.alert(
                                "low",
                                visit.say("replay.same"),
                                visit.say(
                                        "replay.same.detail",
                                        Double.toString(
                                                replay.recomputed().score().margin())))
                        : Blocks.alert("high", visit.say("replay.other"), differences(replay.differences())));
    }

    private static String differences(List<Replay.Difference> differences) {
        return String.join(
                "; ",
                differences.stream()
                        .limit(SHOWN)
                        .map(difference ->
                                difference.path() + ": " + difference.recorded() + " → " + difference.recomputed())
                        .toList());
    }

    Response change(Visit visit) {
        Decision recorded = node.decision(visit.at("id")).decision();
        String name = visit.sent("name");
        @Nullable
        Object now = recorded.features().stream()
                .filter(value -> value.name().equals(name))
                .findFirst()
                .map(FeatureValue::value)
                .orElse(null);
        Object wanted = typed(now, visit.sent("value"));
        Replay replay = node.replay(recorded, new Replay.Request(false, Map.of(name, wanted)));
        return Response.part(changed(visit, recorded, replay.recomputed(), name, now, wanted));
    }

    private static Object typed(@Nullable Object like, String text) {
        if (like instanceof Boolean) {
            return Boolean.parseBoolean(text);
        }
        if (like instanceof String) {
            return text;
        }
        try {
            return like instanceof Long ? (Object) Long.parseLong(text) : (Object) Double.parseDouble(text);
        } catch (NumberFormatException notANumber) {
            throw ConsoleProblem.notANumber(text);
        }
    }

    private static DomContent changed(
            Visit visit, Decision before, Decision after, String name, @Nullable Object from, Object to) {
        return div(
                        attrs(".compare"),
                        p(visit.say("what-if.changed", name, Figures.value(from), Figures.value(to))),
                        side(visit.say("what-if.was"), before),
                        side(visit.say("what-if.would"), after),
                        p(reason(visit, after)).withClass("note"))
                .attr("role", "status");
    }

    private static DomContent side(String title, Decision decision) {
        String tone = DecisionRows.tone(decision.outcome().label());
        return div(
                attrs(".compare-side"),
                span(title).withClass("stat-name"),
                DecisionRows.outcome(decision.outcome().label()),
                Scores.block(decision.score(), tone));
    }

    private static String reason(Visit visit, Decision decision) {
        return decision.reasons().isEmpty()
                ? ""
                : visit.say(
                        "what-if.because",
                        visit.chinese()
                                ? decision.reasons().getFirst().chinese()
                                : decision.reasons().getFirst().english());
    }
}
