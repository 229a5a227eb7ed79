package io.dougong.server.console;

import static j2html.TagCreator.a;
import static j2html.TagCreator.attrs;
import static j2html.TagCreator.button;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.form;
import static j2html.TagCreator.input;
import static j2html.TagCreator.label;
import static j2html.TagCreator.nav;
import static j2html.TagCreator.option;
import static j2html.TagCreator.p;
import static j2html.TagCreator.select;
import static j2html.TagCreator.span;
import static j2html.TagCreator.text;

import io.dougong.manifest.Application;
import io.dougong.node.Node;
import io.dougong.serving.DecisionDefinition;
import j2html.tags.DomContent;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The newest decisions, with search, filters and pages. */
final class DecisionsPage {

    static final String[] PARAMETERS = {"app", "decision", "outcome", "truth", "q", "page"};

    private static final int ROWS = 25;
    private static final int MOST_PAGES = 1_000;

    private final Node node;
    private final Tally tally;
    private final Layout layout;

    DecisionsPage(Node node, Tally tally, Layout layout) {
        this.node = node;
        this.tally = tally;
        this.layout = layout;
    }

    Response show(Visit visit) {
        return layout.page(
                visit,
                "decisions",
                visit.say("page.decisions"),
                visit.say("decisions.lead"),
                filters(visit),
                div(attrs("#rows"), rows(visit)).attr("aria-live", "polite"));
    }

    private DomContent filters(Visit visit) {
        List<String> names = node.applications().stream().map(Application::name).toList();
        List<String> outcomes = node.applications().stream()
                .flatMap(application -> application.decisions().stream())
                .flatMap(DecisionsPage::outcomes)
                .distinct()
                .toList();
        return form(
                        attrs(".filters"),
                        label(
                                span(visit.say("search")),
                                input().withType("search")
                                        .withName("q")
                                        .withValue(visit.asked("q"))
                                        .withPlaceholder(visit.say("search.hint"))),
                        choice(visit, "app", visit.say("application"), names),
                        choice(visit, "outcome", visit.say("decision.outcome"), outcomes),
                        choice(visit, "truth", visit.say("decision.truth"), List.of("yes", "no", "open")),
                        button(visit.say("find")).withClass("quiet"))
                .withMethod("get")
                .withAction("/decisions")
                .attr("role", "search")
                .attr("hx-get", "/decisions")
                .attr("hx-trigger", "input changed delay:300ms from:find input, change, submit")
                .attr("hx-target", "#rows")
                .attr("hx-select", "#rows")
                .attr("hx-swap", "outerHTML")
                .attr("hx-push-url", "true");
    }

    private static Stream<String> outcomes(DecisionDefinition decision) {
        return Stream.concat(
                decision.outcomes().stream().map(DecisionDefinition.OutcomeBand::label), Stream.of("REVIEW"));
    }

    private static DomContent choice(Visit visit, String name, String title, List<String> values) {
        return label(
                span(title),
                select(
                                option(visit.say("any")).withValue(""),
                                each(
                                        values,
                                        value -> option(named(visit, name, value))
                                                .withValue(value)
                                                .withCondSelected(value.equals(visit.asked(name)))))
                        .withName(name));
    }

    private static String named(Visit visit, String name, String value) {
        return name.equals("truth") ? visit.say("truth." + value) : value;
    }

    private DomContent rows(Visit visit) {
        Predicate<Brief> wanted = wanted(visit);
        long found = tally.count(wanted);
        int page = visit.number("page", 1, MOST_PAGES);
        List<Brief> briefs = tally.find(wanted, (page - 1) * ROWS, ROWS);
        if (briefs.isEmpty()) {
            return Blocks.empty(
                    visit.say(tally.caughtUp() ? "decisions.none" : "reading"),
                    visit.say(tally.caughtUp() ? "decisions.none.advice" : "reading.advice"));
        }
        return div(
                p(visit.say("decisions.found", Figures.count(found), Figures.count(node.decisionCount())))
                        .withClass("note"),
                DecisionRows.table(visit, briefs),
                pages(visit, page, (int) ((found + ROWS - 1) / ROWS)));
    }

    private static Predicate<Brief> wanted(Visit visit) {
        String search = visit.asked("q").toLowerCase(Locale.ROOT);
        String application = visit.asked("app");
        String outcome = visit.asked("outcome");
        String truth = visit.asked("truth");
        return brief -> (application.isEmpty() || brief.application().equals(application))
                && (visit.asked("decision").isEmpty() || brief.name().equals(visit.asked("decision")))
                && (outcome.isEmpty() || brief.outcome().equals(outcome))
                && (truth.isEmpty() || truth.equals(truthOf(brief)))
                && (search.isEmpty() || words(brief).contains(search));
    }

    private static String truthOf(Brief brief) {
        Boolean truth = brief.truth();
        return truth == null ? "open" : truth ? "yes" : "no";
    }

    private static String words(Brief brief) {
        return String.join(" ", brief.id(), brief.key(), brief.from(), brief.to())
                .toLowerCase(Locale.ROOT);
    }

    private static DomContent pages(Visit visit, int page, int pages) {
        if (pages < 2) {
            return text("");
        }
        return nav(
                        attrs(".pager"),
                        page > 1 ? step(visit, page - 1, visit.say("newer")) : span(visit.say("newer")),
                        span(visit.say("page.of", page, Figures.count(pages))),
                        page < pages ? step(visit, page + 1, visit.say("older")) : span(visit.say("older")))
                .attr("aria-label", visit.say("pager"));
    }

    private static DomContent step(Visit visit, int page, String title) {
        StringBuilder href = new StringBuilder("/decisions?page=" + page);
        for (String name : PARAMETERS) {
            if (!name.equals("page") && !visit.asked(name).isEmpty()) {
                href.append('&').append(name).append('=').append(Choice.encoded(visit.asked(name)));
            }
        }
        return a(title).withHref(href.toString());
    }
}
