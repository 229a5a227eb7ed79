package io.dougong.server.console;

import static j2html.TagCreator.attrs;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;

import io.dougong.manifest.Application;
import io.dougong.node.LiveReport;
import io.dougong.node.Node;
import io.dougong.serving.DecisionDefinition;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;

/** How each decision does since the start, beside its shadows. */
final class MonitorsPage {

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
                    Blocks.empty(visit.say("monitors.none"), visit.say("monitors.none.advice")));
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
                                        visit.say("monitors.shadow")))));
    }

    private static String labels(Visit visit, LiveReport report) {
        return visit.say("monitors.labels", Figures.count(report.labelled()));
    }
}
