package io.dougong.server.console;

import static j2html.TagCreator.a;
import static j2html.TagCreator.attrs;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.p;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import io.dougong.manifest.Application;
import io.dougong.node.HealingStatus;
import io.dougong.node.Node;
import io.dougong.node.Status;
import io.dougong.serving.DecisionDefinition;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happens now, and how it has gone. */
final class OverviewPage {

    private static final int HOURS = 24 * 14;
    private static final int RECENT = 12;
    private static final long DAY_MICROS = 86_400_000_000L;
    private static final int JUDGED_DAYS = 14;

    private final Node node;
    private final Tally tally;
    private final Places places;
    private final Layout layout;

    OverviewPage(Node node, Tally tally, Places places, Layout layout) {
        this.node = node;
        this.tally = tally;
        this.places = places;
        this.layout = layout;
    }

    Response show(Visit visit) {
        List<Application> applications = node.applications();
        if (applications.isEmpty()) {
            return layout.page(
                    visit,
                    "overview",
                    visit.say("page.overview"),
                    "",
                    Blocks.empty(visit.say("empty.application"), visit.say("empty.application.advice")));
        }
        Application application = Choice.of(visit, applications);
        Status status = node.status();
        List<DomContent> content = new ArrayList<>();
        content.add(Choice.switcher(visit, applications, application, "/"));
        status.applications().stream()
                .filter(one -> one.application().equals(application.name()))
                .forEach(one -> content.add(figures(visit, application, status, one)));
        content.add(div(attrs(".columns.wide-first"), map(visit, application), recent(visit)));
        application.decisions().forEach(decision -> content.add(history(visit, application, decision)));
        return layout.page(
                visit, "overview", application.name(), application.description(), content.toArray(DomContent[]::new));
    }

    private DomContent figures(Visit visit, Application application, Status status, Status.OfApplication one) {
        var counts = one.pipeline();
        return div(
                        attrs(".stats"),
                        Blocks.stat(
                                visit.say("stat.decisions"),
                                Figures.count(node.decisionCount()),
                                visit.say("stat.decisions.note"),
                                "decisions"),
                        Blocks.stat(visit.say("stat.rate"), "0", visit.say("stat.rate.note"), "rate"),
                        Blocks.stat(
                                visit.say("stat.latency"),
                                Figures.latency(counts.p50Micros()),
                                visit.say("stat.latency.note", Figures.latency(counts.p99Micros())),
                                "p50"),
                        Blocks.stat(visit.say("stat.lag"), Figures.count(one.lag()), visit.say("stat.lag.note"), "lag"),
                        auc(visit, application),
                        Blocks.stat(
                                visit.say("stat.health"),
                                visit.say(status.well() ? "health.well" : "health.ill"),
                                visit.say("stat.health.note")))
                .attr("data-application", application.name());
    }

    private DomContent auc(Visit visit, Application application) {
        Quality quality = application.decisions().stream()
                .flatMap(decision -> tally.timelineOf(application.name(), decision.name()).stream())
                .map(OverviewPage::lately)
                .findFirst()
                .orElseGet(Quality::new);
        return Blocks.stat(
                visit.say("stat.auc"),
                Figures.decimal(quality.auc(), 3),
                visit.say("stat.auc.note", Figures.count(quality.labelled()), JUDGED_DAYS));
    }

    private static Quality lately(Timeline.Copy timeline) {
        return timeline.days().isEmpty()
                ? new Quality()
                : timeline.since(timeline.days().lastKey() - (JUDGED_DAYS - 1) * DAY_MICROS);
    }

    private DomContent map(Visit visit, Application application) {
        List<Places.Place> known = places.of(application.name());
        if (known.isEmpty()) {
            return Blocks.card(
                    visit.say("pulse"), pulse(visit), Blocks.note(visit.say("map.none", application.name())));
        }
        return Blocks.card(
                visit.say("map"),
                PlaceMap.of(visit.say("map.label", application.name()), known, tally.busyPlaces(application.name())),
                pulse(visit));
    }

    private static DomContent pulse(Visit visit) {
        return div(attrs("#pulse.plot.small"))
                .attr("role", "img")
                .attr("aria-label", visit.say("pulse.label"))
                .attr("data-style", "pulse")
                .attr("data-names", "[\"" + visit.say("stat.rate") + "\"]");
    }

    private DomContent recent(Visit visit) {
        List<Brief> newest = tally.newest(RECENT);
        DomContent list = newest.isEmpty()
                ? Blocks.empty(
                        visit.say(tally.caughtUp() ? "empty.decisions" : "reading"),
                        visit.say(tally.caughtUp() ? "empty.decisions.advice" : "reading.advice"))
                : div(
                        attrs(".table-wrap"),
                        table(
                                        thead(tr(
                                                head(visit, "decision.key"),
                                                head(visit, "decision.outcome"),
                                                head(visit, DecisionRows.heading(newest)))),
                                        tbody(each(newest, brief -> row(brief))).withId("recent"))
                                .withClass("tight"));
        return Blocks.cardWith(
                visit.say("recent"), a(visit.say("all")).withHref("/decisions").withClass("more"), list);
    }

    private static DomContent head(Visit visit, String key) {
        return th(visit.say(key)).attr("scope", "col");
    }

    private static DomContent row(Brief brief) {
        return Blocks.row(
                Blocks.link("/decisions/" + brief.id(), label(brief)),
                DecisionRows.outcome(brief.outcome()),
                Blocks.number(brief.said(2)));
    }

    static String label(Brief brief) {
        return brief.from().isEmpty() ? brief.key() : brief.from() + " → " + brief.to();
    }

    private DomContent history(Visit visit, Application application, DecisionDefinition decision) {
        return tally.timelineOf(application.name(), decision.name())
                .map(timeline -> (DomContent) div(
                        attrs(".columns"),
                        Blocks.card(visit.say("history", decision.name()), counts(visit, decision, timeline)),
                        Blocks.cardAt(
                                "quality",
                                visit.say("quality", decision.name()),
                                QualityChart.of(visit, decision, timeline, healing(application, decision)))))
                .orElseGet(() -> Blocks.card(
                        visit.say("history", decision.name()),
                        Blocks.empty(visit.say("empty.decisions"), visit.say("empty.decisions.advice"))));
    }

    /** What the healing of the decision's model has done, oldest first. */
    private List<HealingStatus.Step> healing(Application application, DecisionDefinition decision) {
        return node.healing(application.name()).stream()
                .filter(status -> status.model().equals(decision.model()))
                .flatMap(status -> status.story().stream())
                .toList();
    }

    private static DomContent counts(Visit visit, DecisionDefinition decision, Timeline.Copy timeline) {
        List<Long> hours = timeline.lastHours(HOURS);
        List<Charts.Series> series = new ArrayList<>();
        for (String outcome : timeline.outcomes()) {
            List<@Nullable Double> values = new ArrayList<>();
            hours.forEach(hour -> values.add((double) timeline.at(hour, outcome)));
            series.add(new Charts.Series(outcome, Tones.of(decision, outcome), values));
        }
        return div(
                Charts.overTime(
                        visit.say("history.label"),
                        "stack",
                        hours.stream().map(hour -> hour / 1_000_000).toList(),
                        series),
                p(visit.say("history.note")).withClass("note"));
    }
}
