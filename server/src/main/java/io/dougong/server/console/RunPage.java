package io.dougong.server.console;

import static j2html.TagCreator.attrs;
import static j2html.TagCreator.div;

import io.dougong.node.Node;
import io.dougong.tracking.ArtifactFiles;
import io.dougong.tracking.ArtifactPath;
import io.dougong.tracking.Metric;
import io.dougong.tracking.Run;
import io.dougong.tracking.TrackingProblem;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One run: parameters, metrics and their curves, data sets, files, tags. */
final class RunPage {

    private static final int MOST_CURVES = 6;
    private static final int MOST_POINTS = 1000;
    private static final int MOST_LISTED = 200;
    private static final int LONGEST = 300;
    private static final String SCHEME = "mlflow-artifacts:/";

    private final Node node;
    private final Layout layout;

    RunPage(Node node, Layout layout) {
        this.node = node;
        this.layout = layout;
    }

    Response show(Visit visit) {
        Run run = node.tracking().runs().get(visit.at("run"));
        if (!run.info().experimentId().equals(visit.at("id"))) {
            throw TrackingProblem.unknown("run", visit.at("run"));
        }
        return layout.page(
                visit,
                "experiments",
                run.info().name(),
                visit.say("runs.lead", run.info().runId()),
                head(visit, run),
                div(
                        attrs(".columns"),
                        card(visit, visit.say("runs.params"), run.params()),
                        metrics(visit, run),
                        datasets(visit, run),
                        files(visit, run)),
                curves(visit, run),
                card(visit, visit.say("runs.tags"), run.tags()));
    }

    private static DomContent head(Visit visit, Run run) {
        return div(
                attrs(".stats"),
                Blocks.stat(
                        visit.say("runs.status"),
                        run.info().status().name(),
                        run.info().userId()),
                Blocks.stat(visit.say("runs.started"), Figures.minute(run.info().startMillis() * 1000), ""),
                Blocks.stat(visit.say("runs.took"), ExperimentsPage.took(run), ""));
    }

    private static DomContent card(Visit visit, String title, Map<String, String> values) {
        if (values.isEmpty()) {
            return Blocks.card(title, Blocks.note(visit.say("runs.none")));
        }
        List<DomContent> rows = new TreeMap<>(values)
                .entrySet().stream()
                        .limit(MOST_LISTED)
                        .map(entry -> Blocks.row(Blocks.text(entry.getKey()), Blocks.code(cut(entry.getValue()))))
                        .toList();
        return Blocks.card(title, Blocks.scrolling(List.of(visit.say("runs.key"), visit.say("runs.value")), rows));
    }

    private static String cut(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST - 1) + "…" : text;
    }

    private static DomContent metrics(Visit visit, Run run) {
        if (run.metrics().isEmpty()) {
            return Blocks.card(visit.say("runs.metrics"), Blocks.note(visit.say("runs.none")));
        }
        List<DomContent> rows = run.metrics().stream()
                .sorted(Comparator.comparing(Metric::key))
                .limit(MOST_LISTED)
                .map(metric -> Blocks.row(
                        Blocks.text(metric.key()),
                        Blocks.number(Figures.value(metric.value())),
                        Blocks.number(Long.toString(metric.step()))))
                .toList();
        return Blocks.card(
                visit.say("runs.metrics"),
                Blocks.scrolling(
                        List.of(visit.say("runs.key"), visit.say("runs.value"), visit.say("runs.step")), rows));
    }

    private static DomContent datasets(Visit visit, Run run) {
        Map<String, String> datasets = new TreeMap<>();
        run.datasets().forEach(dataset -> datasets.put(dataset.name(), dataset.digest()));
        return card(visit, visit.say("runs.datasets"), datasets);
    }

    private DomContent files(Visit visit, Run run) {
        String uri = run.info().artifactUri();
        Map<String, String> files = new TreeMap<>();
        if (uri.startsWith(SCHEME)) {
            for (ArtifactFiles.Entry entry :
                    node.tracking().artifacts().list(ArtifactPath.of(uri.substring(SCHEME.length())))) {
                files.put(entry.name(), entry.folder() ? visit.say("runs.folder") : Figures.bytes(entry.bytes()));
            }
        } else {
            files.put(uri, "");
        }
        return card(visit, visit.say("runs.files"), files);
    }

    /** Of metrics that have more than one point. */
    private DomContent curves(Visit visit, Run run) {
        List<DomContent> cards = new ArrayList<>();
        for (Metric metric : run.metrics()) {
            if (cards.size() == MOST_CURVES) {
                break;
            }
            List<Metric> points = node.tracking()
                    .runs()
                    .history(run.info().runId(), metric.key(), MOST_POINTS, "")
                    .items();
            if (points.size() > 1) {
                String label = visit.say("experiments.curves.label", metric.key(), 1);
                cards.add(Blocks.card(
                        metric.key(),
                        new MetricCurves(List.of(Map.entry(run.info().name(), points))).draw(label)));
            }
        }
        return div(attrs(".columns"), cards.toArray(DomContent[]::new));
    }
}
