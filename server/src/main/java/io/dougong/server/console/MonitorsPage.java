package io.dougong.server.console;

import static j2html.TagCreator.attrs;
import static j2html.TagCreator.button;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.form;
import static j2html.TagCreator.li;
import static j2html.TagCreator.span;
import static j2html.TagCreator.strong;
import static j2html.TagCreator.tag;
import static j2html.TagCreator.ul;

import io.dougong.manifest.Application;
import io.dougong.node.HealingStatus;
import io.dougong.node.LiveReport;
import io.dougong.node.Node;
import io.dougong.operate.Observation;
import io.dougong.operate.Reading;
import io.dougong.serving.DecisionDefinition;
import io.dougong.trust.Permission;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Whether all is as it was when the model was trained, what was done when it was not, and live figures. */
final class MonitorsPage {

    private static final int MOST = 300;
    private static final List<String> ACTS = List.of("hold", "resume", "approve", "undo");

    private final Node node;
    private final Layout layout;

    MonitorsPage(Node node, Layout layout) {
        this.node = node;
        this.layout = layout;
    }

    Response show(Visit visit) {
        List<Application> applications = node.applications();
        if (applications.isEmpty()) {
            return layout.page(visit, "monitors", visit.say("page.monitors"), "", Choice.none(visit));
        }
        Application application = Choice.of(visit, applications);
        List<DomContent> content = new ArrayList<>();
        content.add(Choice.switcher(visit, applications, application, "/monitors"));
        List<HealingStatus> healing = node.healing(application.name());
        content.add(div(
                attrs("#healing.content"),
                healing.isEmpty()
                        ? Blocks.card(visit.say("healing.off"), Blocks.note(visit.say("healing.off.advice")))
                        : each(healing, status -> story(visit, application, status))));
        content.add(readings(visit, application));
        application.decisions().forEach(decision -> content.add(live(visit, application, decision)));
        return layout.page(
                visit,
                "monitors",
                visit.say("page.monitors"),
                visit.say("monitors.lead"),
                content.toArray(DomContent[]::new));
    }

    private DomContent live(Visit visit, Application application, DecisionDefinition decision) {
        LiveReport report = node.liveReport(application.name(), decision.name());
        if (report.labelled() == 0) {
            return Blocks.card(
                    visit.say("monitors.live", decision.name()),
                    Blocks.empty(visit.say("monitors.none"), visit.say("monitors.none.advice")),
                    AssessmentCards.ask(visit, application.name(), decision.name()));
        }
        return Blocks.card(
                visit.say("monitors.live", decision.name()),
                div(
                        attrs(".stats.flat"),
                        Blocks.stat("AUC", Figures.decimal(report.auc(), 3), labels(visit, report)),
                        Blocks.stat("Log loss", Figures.decimal(report.logLoss(), 3), labels(visit, report)),
                        Blocks.stat("ECE", Figures.decimal(report.ece(), 3), labels(visit, report)),
                        Blocks.stat(
                                visit.say("monitors.coverage"),
                                Figures.percent(report.coverage()),
                                visit.say("monitors.promised", Figures.percent(report.coverageTarget()))),
                        Blocks.stat(
                                visit.say("monitors.review"),
                                Figures.percent(report.reviewRate()),
                                visit.say("since.start")),
                        Blocks.stat(
                                visit.say("monitors.wrong"),
                                Figures.percent(report.errorRateDecided()),
                                visit.say("monitors.decided")),
                        each(
                                report.shadowAuc().entrySet(),
                                shadow -> Blocks.stat(
                                        "AUC " + shadow.getKey(),
                                        Figures.decimal(shadow.getValue(), 3),
                                        visit.say("monitors.shadow")))),
                AssessmentCards.ask(visit, application.name(), decision.name()));
    }

    private DomContent readings(Visit visit, Application application) {
        List<Reading> readings = node.monitors(application.name()).stream()
                .sorted(Comparator.comparingInt((Reading reading) -> reading.state() == Reading.State.ALARM ? 0 : 1)
                        .thenComparing(Reading::kind))
                .limit(MOST)
                .toList();
        if (readings.isEmpty()) {
            return Blocks.card(
                    visit.say("monitors.all"),
                    Blocks.empty(visit.say("monitors.unwatched"), visit.say("monitors.unwatched.advice")));
        }
        return Blocks.card(
                visit.say("monitors.all"),
                Blocks.scrolling(
                        List.of(
                                visit.say("monitors.what"),
                                visit.say("monitors.state"),
                                visit.say("monitors.value"),
                                visit.say("monitors.usual"),
                                visit.say("monitors.evidence"),
                                visit.say("monitors.history"),
                                visit.say("monitors.since")),
                        readings.stream().map(reading -> row(visit, reading)).toList()));
    }

    private static DomContent row(Visit visit, Reading reading) {
        return Blocks.row(
                div(
                        Blocks.code(reading.id()),
                        span(visit.say("monitors." + reading.kind().name())).withClass("hint")),
                Blocks.badge(visit.say("monitors." + reading.state().name()), tone(reading.state())),
                Blocks.number(Figures.value(reading.value()) + " " + reading.statistic()),
                Blocks.number(Figures.value(reading.threshold())),
                Blocks.number(Figures.decimal(reading.evidence(), 1) + " / " + Figures.value(reading.limit())),
                spark(reading),
                Blocks.at(reading.sinceMicros()));
    }

    private static String tone(Reading.State state) {
        return switch (state) {
            case LEARNING -> "quiet";
            case OK -> "low";
            case ALARM -> "high";
        };
    }

    private static DomContent spark(Reading reading) {
        double[] values = reading.history().stream()
                .mapToDouble(Reading.Point::value)
                .filter(Double::isFinite)
                .toArray();
        if (values.length < 2) {
            return Blocks.text("–");
        }
        double low = Arrays.stream(values).min().orElse(0);
        double span = Math.max(1e-12, Arrays.stream(values).max().orElse(1) - low);
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < values.length; i++) {
            points.append(Charts.n(120.0 * i / (values.length - 1)))
                    .append(',')
                    .append(Charts.n(24 - 22 * (values[i] - low) / span))
                    .append(' ');
        }
        return Icons.svg("0 0 120 26", "spark")
                .with(tag("polyline").attr("points", points.toString().strip()).attr("class", "curve"));
    }

    /** What the node did by itself, and what a person may do about it. */
    private static DomContent story(Visit visit, Application application, HealingStatus status) {
        List<HealingStatus.Step> newest = status.story().reversed();
        return Blocks.cardWith(
                visit.say("healing", status.model()),
                Blocks.badge(
                        status.state().phase().name().replace('_', ' ')
                                + (status.state().held() ? " · " + visit.say("healing.held") : ""),
                        "review"),
                visit.may(Permission.DEFINE) ? acts(visit, application, status) : Blocks.text(""),
                newest.isEmpty()
                        ? Blocks.note(visit.say("healing.none"))
                        : ul(each(newest, step -> step(visit, step))).withClass("story"));
    }

    private static DomContent acts(Visit visit, Application application, HealingStatus status) {
        return form(
                        attrs(".buttons"),
                        each(
                                ACTS,
                                act -> button(visit.say("healing." + act))
                                        .withClass("quiet")
                                        .withName("act")
                                        .withValue(act)))
                .withMethod("post")
                .withAction("/monitors/" + application.name() + "/" + status.model());
    }

    private static DomContent step(Visit visit, HealingStatus.Step step) {
        return li(
                strong(step.outcome().replace('_', ' ')),
                span(" " + (visit.chinese() ? step.chinese() : step.english())),
                div(
                        span(Figures.minute(step.atMicros()) + " · ").withClass("hint-inline"),
                        Blocks.link("/decisions/" + step.decisionId(), visit.say("healing.record"))));
    }

    Response act(Visit visit) {
        String act = visit.sent("act");
        if (ACTS.contains(act)) {
            node.heal(
                    visit.at("application"),
                    visit.at("model"),
                    Observation.Kind.valueOf(act.toUpperCase(Locale.ROOT)),
                    visit.caller().actor());
        }
        return Response.seeOther("/monitors?app=" + Choice.encoded(visit.at("application")));
    }

    private static String labels(Visit visit, LiveReport report) {
        return visit.say("monitors.labels", Figures.count(report.labelled()));
    }
}
