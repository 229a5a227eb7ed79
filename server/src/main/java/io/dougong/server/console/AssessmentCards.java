package io.dougong.server.console;

import static j2html.TagCreator.attrs;
import static j2html.TagCreator.button;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.tag;

import io.dougong.models.Bootstrap;
import io.dougong.models.GroupFairness;
import io.dougong.node.Assessment;
import io.dougong.node.Node;
import io.dougong.operate.Stability;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;

/** What the recorded decisions cost, how they treat groups, how stable they are, and for whom they work. */
final class AssessmentCards {

    private static final int MOST_FEATURES = 12;
    private static final int MOST_SLICES = 20;
    private static final double SHIFTED = 0.1;
    private static final double ANOTHER_POPULATION = 0.25;
    private static final double FOUR_FIFTHS = 0.8;
    private static final double LARGEST_DIFFERENCE = 0.4;
    private static final int WIDTH = 96;

    private final Node node;

    AssessmentCards(Node node) {
        this.node = node;
    }

    /** A button that asks for them: they are computed from the record, which takes seconds. */
    static DomContent ask(Visit visit, String application, String decision) {
        String target = "assessed-" + decision;
        return div(
                attrs(".content"),
                div(
                        attrs(".buttons"),
                        button(visit.say("assess"))
                                .withClass("quiet")
                                .attr("hx-post", "/monitors/" + application + "/" + decision + "/assessment")
                                .attr("hx-target", "#" + target)
                                .attr("hx-disabled-elt", "this")),
                div(attrs(".result")).withId(target).attr("aria-live", "polite"));
    }

    Response answer(Visit visit) {
        Assessment found = node.assess(visit.at("application"), visit.at("decision"));
        if (found.decisions() == 0) {
            return Response.part(Blocks.empty(visit.say("assess.none"), visit.say("assess.none.advice")));
        }
        List<DomContent> cards = new ArrayList<>();
        cards.add(Blocks.note(
                visit.say("assess.from", Figures.count(found.decisions()), Figures.count(found.labelled()))));
        if (!found.costs().isEmpty()) {
            cards.add(costs(visit, found));
        }
        found.fairness().forEach((field, groups) -> cards.add(fairness(visit, field, groups)));
        if (!found.stability().isEmpty()) {
            cards.add(stability(visit, found.stability()));
        }
        if (!found.slices().isEmpty()) {
            cards.add(slices(visit, found.slices()));
        }
        return Response.part(div(attrs(".content"), each(cards, card -> card)));
    }

    private static DomContent costs(Visit visit, Assessment found) {
        double dearest = found.costs().stream()
                .mapToDouble(Assessment.RuleCost::perDecision)
                .max()
                .orElse(1);
        return Blocks.card(
                visit.say("assess.costs", found.unit()),
                Blocks.grid(
                        List.of(
                                visit.say("assess.rule"),
                                visit.say("assess.per"),
                                "",
                                visit.say("assess.refused"),
                                visit.say("assess.reviewed")),
                        found.costs().stream()
                                .map(rule -> Blocks.row(
                                        Blocks.text(visit.say("assess." + rule.rule())),
                                        Blocks.number(Figures.decimal(rule.perDecision(), 1)),
                                        Charts.share(rule.perDecision() / dearest, "low"),
                                        Blocks.number(Figures.count(rule.refused())),
                                        Blocks.number(Figures.count(rule.reviewed()))))
                                .toList()));
    }

    private static DomContent fairness(Visit visit, String field, List<GroupFairness> groups) {
        if (groups.isEmpty()) {
            return Blocks.card(visit.say("assess.fairness", field), Blocks.note(visit.say("assess.few")));
        }
        return Blocks.card(
                visit.say("assess.fairness", field),
                Blocks.note(visit.say("assess.reference", groups.getFirst().reference())),
                Blocks.scrolling(
                        List.of(
                                visit.say("assess.group"),
                                visit.say("assess.rows"),
                                visit.say("assess.favourable"),
                                visit.say("assess.parity"),
                                visit.say("assess.opportunity"),
                                visit.say("assess.impact")),
                        groups.stream().map(AssessmentCards::group).toList()));
    }

    private static DomContent group(GroupFairness group) {
        double impact = group.impact().estimate();
        return Blocks.row(
                Blocks.text(group.group()),
                Blocks.number(Figures.count(group.rows())),
                Blocks.number(Figures.percent(group.favourable())),
                difference(group.parity()),
                difference(group.opportunity()),
                Blocks.badge(Figures.decimal(impact, 2), impact < FOUR_FIFTHS ? "high" : "low"));
    }

    /** The difference as a dot, its interval as a line, even treatment as the middle. */
    private static DomContent difference(Bootstrap.Interval interval) {
        String words = Figures.signed(interval.estimate()) + " [" + Figures.signed(interval.low()) + ", "
                + Figures.signed(interval.high()) + "]";
        if (!Double.isFinite(interval.estimate())) {
            return Blocks.text("–");
        }
        return div(
                attrs(".whisker"),
                Charts.image(words, WIDTH, 18, "whiskers")
                        .with(
                                Charts.line(WIDTH / 2.0, 1, WIDTH / 2.0, 17, "end"),
                                Charts.line(place(interval.low()), 9, place(interval.high()), 9, "reach"),
                                tag("circle")
                                        .attr("cx", Charts.n(place(interval.estimate())))
                                        .attr("cy", 9)
                                        .attr("r", 4)
                                        .attr("class", "dot")),
                Blocks.number(words));
    }

    private static double place(double difference) {
        double share = Math.clamp(difference / LARGEST_DIFFERENCE, -1, 1);
        return WIDTH / 2.0 + share * (WIDTH / 2.0 - 6);
    }

    private static DomContent stability(Visit visit, List<Stability> stability) {
        double most = Math.max(
                ANOTHER_POPULATION,
                stability.stream().mapToDouble(Stability::psi).max().orElse(0));
        return Blocks.card(
                visit.say("assess.stability"),
                Blocks.note(visit.say("assess.stability.note")),
                Blocks.grid(
                        List.of(visit.say("assess.feature"), "PSI", "", visit.say("assess.chance")),
                        stability.stream()
                                .limit(MOST_FEATURES)
                                .map(each -> Blocks.row(
                                        Blocks.code(each.name()),
                                        Blocks.number(Figures.decimal(each.psi(), 3)),
                                        Charts.share(each.psi() / most, tone(each.psi())),
                                        Blocks.number(Figures.decimal(each.byChance(), 3))))
                                .toList()));
    }

    private static String tone(double psi) {
        return psi < SHIFTED ? "low" : psi < ANOTHER_POPULATION ? "review" : "high";
    }

    private static DomContent slices(Visit visit, List<Assessment.SliceQuality> slices) {
        return Blocks.card(
                visit.say("assess.slices"),
                Blocks.scrolling(
                        List.of(visit.say("assess.slice"), visit.say("assess.rows"), "AUC", ""),
                        slices.stream()
                                .limit(MOST_SLICES)
                                .map(slice -> Blocks.row(
                                        Blocks.code(slice.field() + " = " + slice.value()),
                                        Blocks.number(Figures.count(slice.rows())),
                                        Blocks.number(Figures.decimal(slice.auc(), 3) + " ["
                                                + Figures.decimal(slice.low(), 3) + ", "
                                                + Figures.decimal(slice.high(), 3) + "]"),
                                        Charts.share(2 * (slice.auc() - 0.5), "low")))
                                .toList()));
    }
}
