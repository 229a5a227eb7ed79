package io.dougong.server.console;

import static j2html.TagCreator.a;
import static j2html.TagCreator.attrs;
import static j2html.TagCreator.button;
import static j2html.TagCreator.dd;
import static j2html.TagCreator.div;
import static j2html.TagCreator.dl;
import static j2html.TagCreator.each;
import static j2html.TagCreator.form;
import static j2html.TagCreator.input;
import static j2html.TagCreator.label;
import static j2html.TagCreator.li;
import static j2html.TagCreator.nav;
import static j2html.TagCreator.p;
import static j2html.TagCreator.span;
import static j2html.TagCreator.strong;
import static j2html.TagCreator.ul;

import io.dougong.decisions.Decision;
import io.dougong.manifest.Application;
import io.dougong.node.Node;
import io.dougong.node.ReviewDesk;
import io.dougong.review.Agreement;
import io.dougong.review.AgreementReport;
import io.dougong.review.ReviewCase;
import io.dougong.review.ReviewCounts;
import io.dougong.review.ReviewFilter;
import io.dougong.trust.Permission;
import j2html.tags.DomContent;
import java.util.List;

/** The inbox of decisions that were left to a person, and one of them with everything a person needs to settle it. */
final class ReviewsPage {

    private static final int ROWS = 30;
    private static final int SIMILAR = 6;

    private final Node node;
    private final Layout layout;

    ReviewsPage(Node node, Layout layout) {
        this.node = node;
        this.layout = layout;
    }

    Response show(Visit visit) {
        List<Application> applications = node.applications();
        if (applications.isEmpty()) {
            return layout.page(visit, "reviews", visit.say("page.reviews"), "", Choice.none(visit));
        }
        Application application = Choice.of(visit, applications);
        boolean waiting = !visit.asked("state").equals("over");
        List<ReviewCase> cases =
                node.reviews().list(new ReviewFilter(application.name(), null, waiting, null, ROWS, 0));
        return layout.page(
                visit,
                "reviews",
                visit.say("page.reviews"),
                visit.say("reviews.lead"),
                Choice.switcher(visit, applications, application, "/reviews"),
                figures(visit, application),
                states(visit, application, waiting),
                cases.isEmpty()
                        ? Blocks.empty(visit.say("reviews.none"), visit.say("reviews.none.advice"))
                        : Blocks.card(
                                visit.say(waiting ? "reviews.waiting" : "reviews.over"),
                                table(visit, application, cases)));
    }

    private DomContent figures(Visit visit, Application application) {
        ReviewCounts counts = node.reviews().counts(application.name());
        AgreementReport agreement = node.reviews().agreement(application.name());
        return div(
                attrs(".stats"),
                Blocks.stat(visit.say("reviews.waiting"), Figures.count(counts.waiting()), visit.say("reviews.now")),
                Blocks.stat(visit.say("reviews.overdue"), Figures.count(counts.overdue()), visit.say("reviews.now")),
                Blocks.stat(visit.say("reviews.disputed"), Figures.count(counts.disputed()), visit.say("reviews.now")),
                Blocks.stat(visit.say("reviews.settled"), Figures.count(counts.settled()), visit.say("reviews.ever")),
                agreed(visit, "reviews.people", agreement.people()),
                agreed(visit, "reviews.truth", agreement.withTruth()));
    }

    private static DomContent agreed(Visit visit, String key, Agreement agreement) {
        return Blocks.stat(
                visit.say(key),
                agreement.cases() == 0 ? "–" : Figures.percent(agreement.share()),
                visit.say("reviews.kappa", Figures.decimal(agreement.kappa(), 2), Figures.count(agreement.cases())));
    }

    private static DomContent states(Visit visit, Application application, boolean waiting) {
        String path = "/reviews?app=" + Choice.encoded(application.name());
        var open = a(visit.say("reviews.waiting")).withHref(path);
        var over = a(visit.say("reviews.over")).withHref(path + "&state=over");
        return nav(
                        attrs(".tabs"),
                        waiting ? open.attr("aria-current", "true") : open,
                        waiting ? over : over.attr("aria-current", "true"))
                .attr("aria-label", visit.say("page.reviews"));
    }

    private DomContent table(Visit visit, Application application, List<ReviewCase> cases) {
        long now = node.reviews().nowMicros(application.name());
        return Blocks.grid(
                List.of(
                        visit.say("decision.key"),
                        visit.say("reviews.said"),
                        visit.say("reviews.leaning"),
                        visit.say("decision.asked"),
                        visit.say("reviews.due"),
                        visit.say("reviews.opinions"),
                        visit.say("reviews.state")),
                cases.stream()
                        .map(one -> Blocks.row(
                                Blocks.link("/reviews/" + one.decisionId(), one.key()),
                                Blocks.number(said(one)),
                                Blocks.text(one.leaning().isEmpty() ? "–" : one.leaning()),
                                Blocks.at(one.askedMicros()),
                                due(visit, one, now),
                                Blocks.number(one.opinions().size() + " / " + one.needed()),
                                Blocks.badge(
                                        visit.say("case." + one.state().name()),
                                        one.state().waits() ? "review" : "low")))
                        .toList());
    }

    /** A case holds a probability only; a number stands in its decision. */
    private String said(ReviewCase one) {
        return Double.isNaN(one.probability())
                ? Scores.brief(node.decision(one.decisionId()).decision().score(), 3)
                : Figures.decimal(one.probability(), 3);
    }

    private static DomContent due(Visit visit, ReviewCase one, long now) {
        return one.overdue(now) ? Blocks.badge(visit.say("reviews.late"), "high") : Blocks.at(one.dueMicros());
    }

    Response one(Visit visit) {
        ReviewCase found = node.reviews().find(visit.at("id"));
        Decision decision = node.decision(found.decisionId()).decision();
        return layout.page(
                visit,
                "reviews",
                visit.say("review.title", found.key()),
                found.application() + " / " + found.decision(),
                div(attrs(".columns"), facts(visit, found, decision), verdict(visit, found)),
                similar(visit, found));
    }

    private static DomContent facts(Visit visit, ReviewCase found, Decision decision) {
        return Blocks.cardWith(
                visit.say("why"),
                a(visit.say("review.full"))
                        .withHref("/decisions/" + found.decisionId())
                        .withClass("more"),
                dl(
                        DecisionPage.fact(visit.say("reviews.said"), Scores.words(decision.score())),
                        DecisionPage.fact(visit.say("reviews.leaning"), found.leaning()),
                        DecisionPage.fact(visit.say("reviews.due"), Figures.minute(found.dueMicros())),
                        each(
                                decision.question().input().entrySet(),
                                field -> div(
                                        attrs(".fact"),
                                        j2html.TagCreator.dt(field.getKey()),
                                        dd(Figures.value(field.getValue()))))),
                ul(each(
                                decision.reasons(),
                                reason -> li(
                                        span(Figures.signed(reason.contribution()))
                                                .withClass("number"),
                                        span(" " + (visit.chinese() ? reason.chinese() : reason.english())))))
                        .withClass("reasons"));
    }

    private DomContent verdict(Visit visit, ReviewCase found) {
        return Blocks.card(
                visit.say("review.verdict"),
                found.state().waits()
                        ? visit.may(Permission.REVIEW) ? buttons(visit, found) : Blocks.note(visit.say("review.role"))
                        : Blocks.alert(
                                "low", visit.say("case." + found.state().name()), String.valueOf(found.outcome())),
                p(visit.say("review.needed", found.needed())).withClass("note"),
                ul(each(
                                found.opinions(),
                                opinion -> li(
                                        strong(opinion.outcome()),
                                        span(" · " + opinion.reviewer() + " · "
                                                + Figures.minute(opinion.givenMicros())),
                                        div(span(opinion.note()).withClass("hint")))))
                        .withClass("story"));
    }

    private DomContent buttons(Visit visit, ReviewCase found) {
        return form(
                        attrs(".content"),
                        label(
                                span(visit.say("review.note")),
                                input().withName("note").attr("autocomplete", "off")),
                        div(
                                attrs(".buttons"),
                                each(
                                        node.reviews().outcomes(found),
                                        outcome -> button(outcome)
                                                .withName("outcome")
                                                .withValue(outcome))))
                .withMethod("post")
                .withAction("/reviews/" + found.decisionId());
    }

    private DomContent similar(Visit visit, ReviewCase found) {
        List<ReviewDesk.SimilarCase> cases = node.reviews().similar(found.decisionId(), SIMILAR);
        return Blocks.card(
                visit.say("review.similar"),
                cases.isEmpty()
                        ? Blocks.note(visit.say("review.similar.none"))
                        : Blocks.grid(
                                List.of(
                                        visit.say("decision.key"),
                                        visit.say("decision.outcome"),
                                        visit.say("reviews.said"),
                                        visit.say("review.distance"),
                                        visit.say("decision.truth")),
                                cases.stream()
                                        .map(near -> Blocks.row(
                                                Blocks.link(
                                                        "/decisions/"
                                                                + near.decision()
                                                                        .id(),
                                                        near.decision()
                                                                .question()
                                                                .key()),
                                                DecisionRows.outcome(near.decision()
                                                        .outcome()
                                                        .label()),
                                                Blocks.number(Scores.brief(
                                                        near.decision().score(), 3)),
                                                Blocks.number(Figures.decimal(near.distance(), 2)),
                                                DecisionRows.truth(visit, near.label())))
                                        .toList()));
    }

    Response settle(Visit visit) {
        node.reviews()
                .give(
                        visit.at("id"),
                        visit.sent("outcome"),
                        visit.sent("note"),
                        visit.caller().actor());
        return Response.seeOther("/reviews/" + visit.at("id"));
    }
}
