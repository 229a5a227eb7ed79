package io.dougong.server.console;

import static j2html.TagCreator.a;
import static j2html.TagCreator.attrs;
import static j2html.TagCreator.button;
import static j2html.TagCreator.dd;
import static j2html.TagCreator.div;
import static j2html.TagCreator.dl;
import static j2html.TagCreator.dt;
import static j2html.TagCreator.each;
import static j2html.TagCreator.form;
import static j2html.TagCreator.iff;
import static j2html.TagCreator.input;
import static j2html.TagCreator.li;
import static j2html.TagCreator.p;
import static j2html.TagCreator.span;
import static j2html.TagCreator.ul;

import io.dougong.decisions.Decision;
import io.dougong.decisions.DecisionLog;
import io.dougong.decisions.FeatureValue;
import io.dougong.decisions.Reason;
import io.dougong.decisions.Score;
import io.dougong.decisions.Verdict;
import io.dougong.manifest.Application;
import io.dougong.node.Node;
import io.dougong.serving.DecisionDefinition;
import io.dougong.trust.Permission;
import j2html.tags.DomContent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One decision in full: why, from what, by which versions, and what can be done with it. */
final class DecisionPage {

    private final Node node;
    private final Tally tally;
    private final Layout layout;

    DecisionPage(Node node, Tally tally, Layout layout) {
        this.node = node;
        this.tally = tally;
        this.layout = layout;
    }

    Response show(Visit visit) {
        DecisionLog.Entry entry = node.decision(visit.at("id"));
        Decision decision = entry.decision();
        return layout.page(
                visit,
                "decisions",
                visit.say("decision.title", decision.question().key()),
                decision.application() + " / " + decision.name(),
                answer(visit, decision),
                div(attrs(".columns.wide-first"), why(visit, decision), actions(visit, decision)),
                div(attrs(".columns.wide-first"), features(visit, decision), versions(visit, entry)),
                Blocks.card(
                        visit.say("lineage"),
                        LineageGraph.of(visit, decision),
                        Blocks.note(visit.say("lineage.note"))));
    }

    Response receipt(Visit visit) {
        String id = node.decision(visit.at("id")).decision().id();
        return Response.bytes("application/json", node.receipt(id).toJson())
                .with(
                        "Content-Disposition",
                        "attachment; filename=\"receipt-" + id.replaceAll("[^\\w-]", "_") + ".json\"");
    }

    Response letter(Visit visit) {
        String letter = node.letter(visit.at("id"), visit.chinese());
        return Response.bytes("text/plain; charset=utf-8", letter.getBytes(StandardCharsets.UTF_8));
    }

    private static DomContent answer(Visit visit, Decision decision) {
        double threshold = decision.confidence().threshold();
        return div(
                attrs(".answer"),
                div(
                        attrs(".answer-main"),
                        DecisionRows.outcome(decision.outcome().label()),
                        Scores.block(
                                decision.score(),
                                DecisionRows.tone(decision.outcome().label()))),
                p(
                        Double.isNaN(threshold)
                                ? visit.say("answer.plain")
                                : visit.say(
                                        decision.outcome().decided() ? "answer.sure" : "answer.unsure",
                                        Figures.decimal(threshold, 3),
                                        Figures.percent(decision.confidence().coverageTarget()),
                                        decision.confidence().setSize())));
    }

    private static DomContent why(Visit visit, Decision decision) {
        List<Charts.Push> pushes = new ArrayList<>();
        double named =
                decision.reasons().stream().mapToDouble(Reason::contribution).sum();
        pushes.add(new Charts.Push(visit.say("why.rest"), decision.score().margin() - named, "quiet"));
        for (Reason reason : decision.reasons()) {
            pushes.add(new Charts.Push(
                    visit.chinese() ? reason.chinese() : reason.english(),
                    reason.contribution(),
                    reason.contribution() > 0 ? "high" : "low"));
        }
        DomContent chart = Double.isNaN(decision.score().margin())
                ? Blocks.empty(visit.say("why.none"), visit.say("why.none.advice"))
                : Charts.waterfall(visit.say("why.label"), pushes, visit.say("why.total"));
        return Blocks.cardAt(
                "why",
                visit.say("why"),
                chart,
                ul(each(
                                decision.reasons(),
                                reason -> li(
                                        span(Figures.signed(reason.contribution()))
                                                .withClass("number"),
                                        span(" " + (visit.chinese() ? reason.chinese() : reason.english())))))
                        .withClass("reasons"),
                Blocks.note(visit.say("why.note")),
                verdicts(visit, decision.verdicts()));
    }

    private static DomContent verdicts(Visit visit, List<Verdict> verdicts) {
        if (verdicts.isEmpty()) {
            return Blocks.note(visit.say("verdicts.none"));
        }
        return Blocks.grid(
                List.of(visit.say("verdict"), visit.say("verdict.severity"), visit.say("verdict.message")),
                verdicts.stream()
                        .map(verdict -> Blocks.row(
                                Blocks.code(
                                        verdict.rule() + (verdict.field().isEmpty() ? "" : " · " + verdict.field())),
                                Blocks.badge(
                                        verdict.severity().name(),
                                        verdict.severity() == Verdict.Severity.WARN ? "review" : "high"),
                                Blocks.text(verdict.message())))
                        .toList());
    }

    private DomContent actions(Visit visit, Decision decision) {
        String path = "/decisions/" + decision.id();
        return Blocks.cardAt(
                "prove",
                visit.say("prove"),
                p(visit.say("prove.note")),
                div(
                        attrs(".buttons"),
                        button(visit.say("replay"))
                                .withId("replay")
                                .attr("hx-post", path + "/replay")
                                .attr("hx-target", "#replayed")
                                .attr("hx-disabled-elt", "this"),
                        a(visit.say("receipt"))
                                .withClass("button quiet")
                                .withHref(path + "/receipt")
                                .attr("download"),
                        iff(
                                node.hasLetter(decision),
                                a(visit.say("letter")).withClass("button quiet").withHref(path + "/letter"))),
                div(attrs("#replayed.result")).attr("aria-live", "polite"),
                WhatIf.form(visit, decision),
                truth(visit, decision));
    }

    private DomContent truth(Visit visit, Decision decision) {
        List<Brief> briefs = tally.find(brief -> brief.id().equals(decision.id()), 0, 1);
        Boolean truth = briefs.isEmpty() ? null : briefs.getFirst().truth();
        return div(
                attrs(".truth"),
                span(visit.say("decision.truth") + " "),
                DecisionRows.truth(visit, truth),
                iff(truth == null && visit.may(Permission.GIVE_FEEDBACK), tell(visit, decision)));
    }

    private static DomContent tell(Visit visit, Decision decision) {
        return decision.score() instanceof Score.Binary ? yesOrNo(visit, decision) : typed(visit, decision);
    }

    /** A class or a number. */
    private static DomContent typed(Visit visit, Decision decision) {
        return form(
                        attrs(".buttons"),
                        input().withName("label")
                                .isRequired()
                                .attr("autocomplete", "off")
                                .attr("aria-label", visit.say("decision.truth")),
                        button(visit.say("truth.tell.this")).withClass("quiet"))
                .withMethod("post")
                .withAction("/decisions/" + decision.id() + "/feedback");
    }

    private static DomContent yesOrNo(Visit visit, Decision decision) {
        return form(
                        attrs(".buttons"),
                        button(visit.say("truth.tell.yes"))
                                .withClass("quiet")
                                .withName("label")
                                .withValue("true"),
                        button(visit.say("truth.tell.no"))
                                .withClass("quiet")
                                .withName("label")
                                .withValue("false"))
                .withMethod("post")
                .withAction("/decisions/" + decision.id() + "/feedback");
    }

    private DomContent features(Visit visit, Decision decision) {
        Map<String, DecisionDefinition.Words> words = words(decision);
        return Blocks.card(
                visit.say("values", decision.features().size()),
                Blocks.scrolling(
                        List.of(visit.say("value.feature"), visit.say("value.value"), visit.say("value.age")),
                        decision.features().stream()
                                .map(value -> Blocks.row(
                                        name(visit, value, words),
                                        Blocks.number(Figures.value(value.value())),
                                        Blocks.text(
                                                value.ageMicros() == FeatureValue.NO_AGE
                                                        ? visit.say("value.asked")
                                                        : Figures.span(value.ageMicros()))))
                                .toList()));
    }

    private Map<String, DecisionDefinition.Words> words(Decision decision) {
        return node.applications().stream()
                .filter(application -> application.name().equals(decision.application()))
                .map((Application application) -> application.decision(decision.name()))
                .flatMap(java.util.Optional::stream)
                .findFirst()
                .map(DecisionDefinition::words)
                .orElse(Map.of());
    }

    private static DomContent name(Visit visit, FeatureValue value, Map<String, DecisionDefinition.Words> words) {
        DecisionDefinition.Words said = words.get(value.name());
        return div(
                Blocks.code(value.name()),
                iff(
                        said != null,
                        span(said == null ? "" : visit.chinese() ? said.chinese() : said.english())
                                .withClass("hint")));
    }

    private static DomContent versions(Visit visit, DecisionLog.Entry entry) {
        Decision d = entry.decision();
        return Blocks.card(
                visit.say("record"),
                dl(
                        fact(visit.say("record.id"), d.id()),
                        fact(visit.say("record.position"), entry.partition() + "@" + entry.offset()),
                        fact(
                                visit.say("record.asked"),
                                Figures.second(d.question().askedMicros())),
                        fact(visit.say("record.decided"), Figures.second(d.decidedMicros())),
                        fact(
                                visit.say("decision.model"),
                                d.model().name() + " v" + d.model().version()),
                        fact(visit.say("record.digest"), d.model().digest().hex()),
                        fact(visit.say("record.route"), d.model().route().label()),
                        fact(visit.say("record.runtime"), d.model().runtime()),
                        fact(visit.say("record.manifest"), d.applicationVersion()),
                        fact(
                                visit.say("record.features"),
                                d.lineage().featuresVersion().hex()),
                        fact(visit.say("record.latency"), Figures.span(d.cost().micros())),
                        each(
                                d.shadows(),
                                shadow -> fact(
                                        visit.say(
                                                "record.shadow", shadow.model().name()),
                                        shadow.outcome().label() + " · " + Scores.words(shadow.score())))));
    }

    static DomContent fact(String name, String value) {
        return div(attrs(".fact"), dt(name), dd(value));
    }
}
