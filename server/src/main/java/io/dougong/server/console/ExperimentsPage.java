package io.dougong.server.console;

import static j2html.TagCreator.attrs;
import static j2html.TagCreator.button;
import static j2html.TagCreator.div;
import static j2html.TagCreator.form;
import static j2html.TagCreator.input;
import static j2html.TagCreator.label;
import static j2html.TagCreator.p;
import static j2html.TagCreator.span;

import io.dougong.kernel.Problem;
import io.dougong.node.Node;
import io.dougong.tracking.Experiment;
import io.dougong.tracking.Experiments;
import io.dougong.tracking.Lifecycle;
import io.dougong.tracking.Metric;
import io.dougong.tracking.Page;
import io.dougong.tracking.Run;
import io.dougong.tracking.RunStatus;
import io.dougong.tracking.Search;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The experiments; the runs of one, compared. */
final class ExperimentsPage {

    static final String[] PARAMETERS = {"filter", "order", "token", "metric"};

    private static final int MOST_EXPERIMENTS = 500;
    private static final int ROWS = 50;
    private static final int MOST_AXES = 8;
    private static final int MOST_COLUMNS = 4;
    private static final int MOST_CURVES = 10;
    private static final int MOST_POINTS = 500;
    private static final int HALF = 2;

    private final Node node;
    private final Layout layout;

    ExperimentsPage(Node node, Layout layout) {
        this.node = node;
        this.layout = layout;
    }

    Response show(Visit visit) {
        List<DomContent> rows = new ArrayList<>();
        for (Experiment experiment : node.tracking()
                .experiments()
                .search(Search.all(MOST_EXPERIMENTS))
                .items()) {
            rows.add(Blocks.row(
                    Blocks.link("/experiments/" + experiment.id(), experiment.name()),
                    experiment.tags().containsKey(Experiments.MANAGED_TAG)
                            ? Blocks.badge(visit.say("experiments.platform"), "low")
                            : Blocks.text(visit.say("experiments.clients")),
                    Blocks.at(experiment.createdMillis() * 1000),
                    Blocks.at(experiment.updatedMillis() * 1000)));
        }
        return layout.page(
                visit,
                "experiments",
                visit.say("page.experiments"),
                visit.say("experiments.lead"),
                Blocks.card(
                        visit.say("experiments.all"),
                        Blocks.grid(
                                List.of(
                                        visit.say("experiments.name"),
                                        visit.say("experiments.origin"),
                                        visit.say("experiments.created"),
                                        visit.say("experiments.updated")),
                                rows)),
                Blocks.card(visit.say("experiments.how"), Blocks.note(visit.say("experiments.how.text"))));
    }

    Response one(Visit visit) {
        Experiment experiment = node.tracking().experiments().get(visit.at("id"));
        return layout.page(
                visit,
                "experiments",
                experiment.name(),
                visit.say("experiments.one"),
                search(visit, experiment),
                div(content(visit, experiment)).withId("runs"));
    }

    private static DomContent search(Visit visit, Experiment experiment) {
        return form(
                        attrs(".filters"),
                        label(
                                span(visit.say("experiments.filter")),
                                input().withName("filter")
                                        .withValue(visit.asked("filter"))
                                        .withPlaceholder("metrics.auc > 0.8 AND params.depth = '6'")),
                        label(
                                span(visit.say("experiments.order")),
                                input().withName("order")
                                        .withValue(visit.asked("order"))
                                        .withPlaceholder("metrics.auc DESC")),
                        button(visit.say("find")).withClass("quiet"))
                .withMethod("get")
                .withAction("/experiments/" + experiment.id())
                .attr("role", "search");
    }

    private DomContent content(Visit visit, Experiment experiment) {
        Page<Run> page;
        try {
            List<String> order = visit.asked("order").isEmpty() ? List.of() : List.of(visit.asked("order"));
            page = node.tracking()
                    .runs()
                    .search(
                            List.of(experiment.id()),
                            new Search(
                                    visit.asked("filter"),
                                    order,
                                    Lifecycle.View.ACTIVE_ONLY,
                                    ROWS,
                                    visit.asked("token")));
        } catch (Problem wrong) {
            return Blocks.alert("high", visit.say("experiments.wrong"), wrong.explained());
        }
        if (page.items().isEmpty()) {
            return Blocks.empty(visit.say("experiments.none"), visit.say("experiments.none.advice"));
        }
        return div(attrs(".content"), compared(visit, page.items()), curves(visit, page.items()), table(visit, page));
    }

    private static DomContent compared(Visit visit, List<Run> runs) {
        List<String> axes = axes(runs);
        if (runs.size() < HALF || axes.size() < HALF) {
            return Blocks.text("");
        }
        List<ParallelAxes.Line> lines = runs.stream()
                .map(run -> new ParallelAxes.Line(run.info().name(), values(run)))
                .toList();
        String label = visit.say("experiments.compared.label", runs.size(), String.join(", ", axes));
        return Blocks.card(
                visit.say("experiments.compared"),
                new ParallelAxes(axes, lines).draw(label),
                Blocks.note(visit.say("experiments.compared.note", axes.getLast())));
    }

    /** Parameters that differ, then metrics; the last metric gives the colour. */
    private static List<String> axes(List<Run> runs) {
        List<String> params = names(runs, run -> run.params().keySet()).stream()
                .filter(name -> runs.stream()
                                .map(run -> run.params().getOrDefault(name, ""))
                                .distinct()
                                .count()
                        > 1)
                .limit(MOST_AXES / HALF)
                .toList();
        List<String> metrics = metricNames(runs);
        Set<String> axes = new LinkedHashSet<>(params);
        metrics.stream().limit(MOST_AXES - params.size()).forEach(axes::add);
        return List.copyOf(axes);
    }

    private interface Names {
        Set<String> of(Run run);
    }

    private static List<String> names(List<Run> runs, Names names) {
        return List.copyOf(
                runs.stream().flatMap(run -> names.of(run).stream()).collect(Collectors.toCollection(TreeSet::new)));
    }

    private static List<String> metricNames(List<Run> runs) {
        return names(runs, run -> run.metrics().stream().map(Metric::key).collect(Collectors.toSet()));
    }

    private static Map<String, String> values(Run run) {
        Map<String, String> values = new TreeMap<>(run.params());
        run.metrics().forEach(metric -> {
            if (Double.isFinite(metric.value())) {
                values.put(metric.key(), Double.toString(metric.value()));
            }
        });
        return values;
    }

    private DomContent curves(Visit visit, List<Run> runs) {
        List<String> names = metricNames(runs);
        if (names.isEmpty()) {
            return Blocks.text("");
        }
        String metric = names.contains(visit.asked("metric")) ? visit.asked("metric") : names.getFirst();
        List<Map.Entry<String, List<Metric>>> curves = runs.stream()
                .limit(MOST_CURVES)
                .map(run -> Map.entry(
                        run.info().name(),
                        node.tracking()
                                .runs()
                                .history(run.info().runId(), metric, MOST_POINTS, "")
                                .items()))
                .toList();
        return Blocks.card(
                visit.say("experiments.curves", metric),
                new MetricCurves(curves).draw(visit.say("experiments.curves.label", metric, curves.size())),
                p(attrs(".note"), visit.say("experiments.curves.other")),
                div(attrs(".buttons"), links(visit, names)));
    }

    private static DomContent[] links(Visit visit, List<String> names) {
        return names.stream()
                .limit(ROWS)
                .map(name -> Blocks.link(here(visit, "metric", name), name))
                .toArray(DomContent[]::new);
    }

    private static String here(Visit visit, String changed, String value) {
        StringBuilder href = new StringBuilder("/experiments/" + visit.at("id") + "?");
        for (String name : PARAMETERS) {
            String now = name.equals(changed) ? value : visit.asked(name);
            if (!now.isEmpty()) {
                href.append(name).append('=').append(Choice.encoded(now)).append('&');
            }
        }
        return href.substring(0, href.length() - 1);
    }

    private static DomContent table(Visit visit, Page<Run> page) {
        List<String> params = names(page.items(), run -> run.params().keySet()).stream()
                .limit(MOST_COLUMNS)
                .toList();
        List<String> metrics =
                metricNames(page.items()).stream().limit(MOST_COLUMNS).toList();
        List<String> heads = new ArrayList<>(List.of(
                visit.say("runs.name"), visit.say("runs.status"), visit.say("runs.started"), visit.say("runs.took")));
        heads.addAll(params);
        heads.addAll(metrics);
        List<DomContent> rows =
                page.items().stream().map(run -> row(run, params, metrics)).toList();
        return Blocks.card(
                visit.say("experiments.runs"),
                Blocks.scrolling(heads, rows),
                page.next()
                        .map(token -> Blocks.link(here(visit, "token", token), visit.say("older")))
                        .orElseGet(() -> Blocks.text("")));
    }

    private static DomContent row(Run run, List<String> params, List<String> metrics) {
        List<DomContent> cells = new ArrayList<>(List.of(
                Blocks.link(
                        "/experiments/" + run.info().experimentId() + "/runs/"
                                + run.info().runId(),
                        run.info().name()),
                status(run.info().status()),
                Blocks.at(run.info().startMillis() * 1000),
                Blocks.text(took(run))));
        params.forEach(name -> cells.add(Blocks.text(cut(run.params().getOrDefault(name, "–")))));
        metrics.forEach(name -> cells.add(Blocks.number(run.metrics().stream()
                .filter(metric -> metric.key().equals(name))
                .map(metric -> Figures.value(metric.value()))
                .findFirst()
                .orElse("–"))));
        return Blocks.row(cells.toArray(DomContent[]::new));
    }

    static String took(Run run) {
        Long end = run.info().endMillis();
        return end == null ? "–" : Figures.span((end - run.info().startMillis()) * 1000);
    }

    static DomContent status(RunStatus status) {
        return Blocks.badge(
                status.name(),
                switch (status) {
                    case FINISHED -> "low";
                    case FAILED, KILLED -> "high";
                    case RUNNING, SCHEDULED -> "review";
                });
    }

    private static String cut(String text) {
        return text.length() > 40 ? text.substring(0, 39) + "…" : text;
    }
}
