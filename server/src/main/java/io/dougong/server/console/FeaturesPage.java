package io.dougong.server.console;

import static j2html.TagCreator.attrs;
import static j2html.TagCreator.button;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.tag;

import io.dougong.decisions.DecisionLog;
import io.dougong.decisions.FeatureValue;
import io.dougong.features.FeatureInfo;
import io.dougong.manifest.Application;
import io.dougong.node.FeatureCheck;
import io.dougong.node.Node;
import j2html.tags.ContainerTag;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Feature views with how fresh they are, and how the values that decisions saw are spread: now against a while ago. */
final class FeaturesPage {

    private static final int SAMPLE = 1_000;
    private static final int PIECES = 50;
    private static final int BINS = 20;

    private final Node node;
    private final Layout layout;

    FeaturesPage(Node node, Layout layout) {
        this.node = node;
        this.layout = layout;
    }

    Response show(Visit visit) {
        List<Application> applications = node.applications();
        if (applications.isEmpty()) {
            return layout.page(visit, "features", visit.say("page.features"), "", Choice.none(visit));
        }
        Application application = Choice.of(visit, applications);
        return layout.page(
                visit,
                "features",
                visit.say("page.features"),
                visit.say("features.lead"),
                Choice.switcher(visit, applications, application, "/features"),
                verify(visit, application),
                views(visit, application),
                spread(visit, application));
    }

    private static DomContent verify(Visit visit, Application application) {
        return Blocks.card(
                visit.say("features.verify"),
                Blocks.note(visit.say("features.verify.note")),
                div(
                        attrs(".buttons"),
                        button(visit.say("features.verify.go"))
                                .withId("verify-features")
                                .attr("hx-post", "/features/verify?app=" + Choice.encoded(application.name()))
                                .attr("hx-target", "#verified")
                                .attr("hx-disabled-elt", "this")),
                div(attrs("#verified.result")).attr("aria-live", "polite"));
    }

    Response verified(Visit visit) {
        FeatureCheck check = node.verifyFeatures(visit.asked("app"));
        return Response.part(Blocks.alert(
                check.mismatches() == 0 ? "low" : "high",
                visit.say(check.mismatches() == 0 ? "features.same" : "features.other"),
                visit.say(
                        "features.checked",
                        Figures.count(check.values()),
                        Figures.count(check.decisions()),
                        Figures.count(check.mismatches()))));
    }

    private DomContent views(Visit visit, Application application) {
        Map<String, List<FeatureInfo>> views = new LinkedHashMap<>();
        node.features(application.name())
                .forEach(feature -> views.computeIfAbsent(feature.view(), _ -> new ArrayList<>())
                        .add(feature));
        if (views.isEmpty()) {
            return Blocks.empty(visit.say("features.none"), visit.say("features.none.advice"));
        }
        long newest = views.values().stream()
                .mapToLong(view -> view.getFirst().newestMicros())
                .max()
                .orElse(Long.MIN_VALUE);
        return Blocks.card(
                visit.say("features.views"),
                Blocks.grid(
                        List.of(
                                visit.say("features.view"),
                                visit.say("features.stream"),
                                visit.say("features.entity"),
                                visit.say("features.count"),
                                visit.say("features.entities"),
                                visit.say("features.newest"),
                                visit.say("features.behind")),
                        views.entrySet().stream()
                                .map(view -> row(view.getKey(), view.getValue(), newest))
                                .toList()));
    }

    private static DomContent row(String name, List<FeatureInfo> view, long newest) {
        FeatureInfo first = view.getFirst();
        boolean any = first.newestMicros() != Long.MIN_VALUE;
        return Blocks.row(
                Blocks.code(name),
                Blocks.text(first.stream()),
                Blocks.text(first.entity().isEmpty() ? "–" : String.join(", ", first.entity())),
                Blocks.number(Integer.toString(view.size())),
                Blocks.number(Figures.count(first.entities())),
                Blocks.at(any ? first.newestMicros() : 0),
                Blocks.text(any ? Figures.span(newest - first.newestMicros()) : "–"));
    }

    private DomContent spread(Visit visit, Application application) {
        Map<String, List<Double>> now = values(application, true);
        Map<String, List<Double>> before = values(application, false);
        if (now.isEmpty()) {
            return Blocks.card(
                    visit.say("features.spread"),
                    Blocks.empty(visit.say("empty.decisions"), visit.say("empty.decisions.advice")));
        }
        List<DomContent> rows = new ArrayList<>();
        now.forEach((name, values) -> rows.add(spreadRow(name, values, before.getOrDefault(name, List.of()))));
        return Blocks.card(
                visit.say("features.spread"),
                Blocks.note(visit.say("features.spread.note", Figures.count(SAMPLE))),
                Blocks.scrolling(
                        List.of(
                                visit.say("value.feature"),
                                visit.say("features.histogram"),
                                visit.say("features.mean"),
                                visit.say("features.missing"),
                                visit.say("features.psi")),
                        rows));
    }

    /** Numbers that decisions saw, by feature: a sample spread evenly over the newest or the oldest third of the log. */
    private Map<String, List<Double>> values(Application application, boolean newest) {
        Map<String, List<Double>> values = new LinkedHashMap<>();
        var partitions = node.decisionLog().partitions();
        long each = node.decisionCount() / partitions.size();
        long third = Math.max(1, each / 3);
        int pieces = Math.max(1, PIECES / partitions.size());
        for (int piece = 0; piece < pieces; piece++) {
            long offset = (newest ? each - third : 0) + third * piece / pieces;
            for (var partition : partitions) {
                node.decisionLog().read(partition, offset, SAMPLE / PIECES).stream()
                        .map(DecisionLog.Entry::decision)
                        .filter(decision -> decision.application().equals(application.name()))
                        .flatMap(decision -> decision.features().stream())
                        .forEach(value -> add(values, value));
            }
        }
        return values;
    }

    private static void add(Map<String, List<Double>> values, FeatureValue value) {
        if (!(value.value() instanceof String)) {
            double number = value.value() instanceof Number found ? found.doubleValue() : Double.NaN;
            values.computeIfAbsent(value.name(), _ -> new ArrayList<>()).add(number);
        }
    }

    private static DomContent spreadRow(String name, List<Double> now, List<Double> before) {
        double[] edges = edges(now, before);
        double[] shares = shares(now, edges);
        double[] earlier = shares(before, edges);
        double psi = divergence(shares, earlier);
        double[] present =
                now.stream().filter(v -> !v.isNaN()).mapToDouble(v -> v).toArray();
        return Blocks.row(
                Blocks.code(name),
                histogram(shares, earlier),
                Blocks.number(Figures.value(Arrays.stream(present).average().orElse(Double.NaN))),
                Blocks.number(Figures.percent(1 - (double) present.length / now.size())),
                Blocks.badge(Figures.decimal(psi, 3), psi > 0.25 ? "high" : psi > 0.1 ? "review" : "low"));
    }

    /** Equal widths between the 1st and the 99th hundredth of both samples. */
    private static double[] edges(List<Double> now, List<Double> before) {
        double[] all = java.util.stream.Stream.concat(now.stream(), before.stream())
                .filter(value -> !value.isNaN())
                .mapToDouble(value -> value)
                .sorted()
                .toArray();
        if (all.length == 0) {
            return new double[] {0, 1};
        }
        double low = all[all.length / 100];
        double high = all[all.length - 1 - all.length / 100];
        return new double[] {low, high > low ? high : low + 1};
    }

    private static double[] shares(List<Double> values, double[] edges) {
        double[] shares = new double[BINS];
        for (double value : values) {
            if (!Double.isNaN(value)) {
                int bin = (int) ((value - edges[0]) / (edges[1] - edges[0]) * BINS);
                shares[Math.clamp(bin, 0, BINS - 1)] += 1.0 / values.size();
            }
        }
        return shares;
    }

    /** Population stability index, empty bins counted as half a row. */
    private static double divergence(double[] now, double[] before) {
        double floor = 0.5 / SAMPLE;
        double sum = 0;
        for (int i = 0; i < BINS; i++) {
            double a = Math.max(floor, now[i]);
            double b = Math.max(floor, before[i]);
            sum += (a - b) * StrictMath.log(a / b);
        }
        return sum;
    }

    private static DomContent histogram(double[] now, double[] before) {
        double most = Math.max(
                Arrays.stream(now).max().orElse(1), Arrays.stream(before).max().orElse(1));
        ContainerTag<?> chart = Icons.svg("0 0 120 26", "spark");
        return chart.with(each(
                List.of(0, 1), layer -> tag("g").with(bars(layer == 0 ? before : now, most, layer == 0))));
    }

    private static List<DomContent> bars(double[] shares, double most, boolean earlier) {
        List<DomContent> bars = new ArrayList<>();
        for (int i = 0; i < BINS; i++) {
            double high = most == 0 ? 0 : 25 * shares[i] / most;
            bars.add(tag("rect")
                    .attr("x", Charts.n(i * 6.0 + (earlier ? 0 : 1)))
                    .attr("y", Charts.n(26 - high))
                    .attr("width", earlier ? "5.500" : "3.500")
                    .attr("height", Charts.n(high))
                    .attr("class", earlier ? "other" : "now"));
        }
        return bars;
    }
}
