package io.dougong.server.console;

import static j2html.TagCreator.attrs;
import static j2html.TagCreator.div;
import static j2html.TagCreator.span;
import static j2html.TagCreator.tag;

import io.dougong.decisions.Decision;
import io.dougong.decisions.DecisionLog;
import io.dougong.decisions.FeatureValue;
import io.dougong.decisions.Route;
import io.dougong.manifest.Application;
import io.dougong.node.Node;
import io.dougong.operate.Bins;
import io.dougong.operate.Divergence;
import io.dougong.operate.Reference;
import io.dougong.serving.DecisionDefinition;
import j2html.tags.ContainerTag;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How the values that the newest decisions saw are spread, beside those that the champion was trained on. Bins are those of training: of
 * about equal counts for a number, one for each category of a text, then one for texts not seen and one for missing values.
 */
final class FeatureSpread {

    private static final int SAMPLE = 1_500;
    private static final int PIECES = 50;
    private static final int WIDE = 132;
    private static final int HIGH = 30;
    private static final double ALIKE = 0.1;
    private static final double OTHER = 0.25;

    private final Node node;

    FeatureSpread(Node node) {
        this.node = node;
    }

    DomContent of(Visit visit, Application application) {
        List<DomContent> cards = new ArrayList<>();
        for (DecisionDefinition decision : application.decisions()) {
            cards.add(reference(application, decision)
                    .map(reference -> card(visit, application, decision, reference))
                    .orElseGet(() -> Blocks.card(
                            visit.say("features.spread", decision.name()),
                            Blocks.empty(visit.say("features.untrained"), visit.say("features.untrained.advice")))));
        }
        return div(attrs("#spread.content"), cards.toArray(DomContent[]::new));
    }

    /** Of the champion, if it was trained here. */
    private Optional<Reference> reference(Application application, DecisionDefinition decision) {
        return node.models().roles(application.name(), decision.model()).stream()
                .filter(role -> role.route() == Route.CHAMPION)
                .findFirst()
                .flatMap(role -> node.models().reference(application.name(), decision.model(), role.version()));
    }

    private DomContent card(Visit visit, Application application, DecisionDefinition decision, Reference reference) {
        List<Decision> newest = newest(application, decision);
        if (newest.isEmpty()) {
            return Blocks.card(
                    visit.say("features.spread", decision.name()),
                    Blocks.empty(visit.say("empty.decisions"), visit.say("empty.decisions.advice")));
        }
        List<Row> rows = rows(reference, newest);
        return Blocks.card(
                visit.say("features.spread", decision.name()),
                Blocks.note(visit.say("features.spread.note", Figures.count(newest.size()))),
                Blocks.scrolling(
                        List.of(
                                visit.say("value.feature"),
                                visit.say("features.training"),
                                visit.say("features.now"),
                                visit.say("features.mean"),
                                visit.say("features.missing"),
                                visit.say("features.psi")),
                        rows.stream().map(row -> shown(visit, row)).toList()));
    }

    /** A sample spread evenly over the newest tenth of the log, at least over a sample's size. */
    private List<Decision> newest(Application application, DecisionDefinition decision) {
        List<Decision> found = new ArrayList<>();
        var partitions = node.decisionLog().partitions();
        long each = node.decisionCount() / partitions.size();
        long span = Math.min(each, Math.max(SAMPLE, each / 10));
        int pieces = Math.max(1, PIECES / partitions.size());
        for (int piece = 0; piece < pieces; piece++) {
            long offset = each - span + span * piece / pieces;
            for (var partition : partitions) {
                node.decisionLog().read(partition, offset, SAMPLE / PIECES).stream()
                        .map(DecisionLog.Entry::decision)
                        .filter(one -> one.application().equals(application.name())
                                && one.name().equals(decision.name()))
                        .forEach(found::add);
            }
        }
        return found;
    }

    /** @param mean of the numbers; NaN for texts */
    private record Row(String feature, Bins bins, long[] training, long[] now, double mean, double psi) {

        double missing() {
            return (double) now[now.length - 1] / Math.max(1, Arrays.stream(now).sum());
        }
    }

    /** Counts of one feature as they grow. */
    private static final class Counting {
        private final Reference.OfFeature feature;
        private final long[] counts;
        private double sum;
        private long numbers;

        Counting(Reference.OfFeature feature) {
            this.feature = feature;
            this.counts = new long[feature.bins().size()];
        }

        void add(FeatureValue value) {
            counts[feature.bins().place(value.value())]++;
            if (value.value() instanceof Number number && !Double.isNaN(number.doubleValue())) {
                sum += number.doubleValue();
                numbers++;
            }
        }

        Row row() {
            double psi = Divergence.of(feature.bins(), feature.counts(), counts).psi();
            double mean = numbers == 0 ? Double.NaN : sum / numbers;
            return new Row(feature.name(), feature.bins(), feature.counts(), counts, mean, psi);
        }
    }

    /** Those that have moved most come first. */
    private static List<Row> rows(Reference reference, List<Decision> newest) {
        Map<String, Counting> counting = new TreeMap<>();
        reference.features().forEach(feature -> counting.put(feature.name(), new Counting(feature)));
        for (Decision decision : newest) {
            for (FeatureValue value : decision.features()) {
                Counting counted = counting.get(value.name());
                if (counted != null) {
                    counted.add(value);
                }
            }
        }
        return counting.values().stream()
                .map(Counting::row)
                .sorted(Comparator.comparingDouble(Row::psi).reversed())
                .toList();
    }

    private static DomContent shown(Visit visit, Row row) {
        double most = Math.max(highest(row.training()), highest(row.now()));
        String tone = row.psi() > OTHER ? "high" : row.psi() > ALIKE ? "review" : "low";
        return Blocks.row(
                div(Blocks.code(row.feature()), span(range(visit, row.bins())).withClass("hint")),
                histogram(visit.say("features.training"), row.training(), most, "other"),
                histogram(visit.say("features.now"), row.now(), most, "now"),
                Blocks.number(Figures.value(row.mean())),
                Blocks.number(Figures.percent(row.missing())),
                Blocks.badge(Figures.decimal(row.psi(), 3), tone));
    }

    private static String range(Visit visit, Bins bins) {
        if (bins.ofText()) {
            return visit.say("features.categories", bins.categories().size());
        }
        return bins.edges().isEmpty()
                ? ""
                : Figures.value(bins.edges().getFirst()) + " … "
                        + Figures.value(bins.edges().getLast());
    }

    private static double highest(long[] counts) {
        double all = Math.max(1, Arrays.stream(counts).sum());
        return Arrays.stream(counts).max().orElse(0) / all;
    }

    private static DomContent histogram(String label, long[] counts, double most, String cssClass) {
        double all = Math.max(1, Arrays.stream(counts).sum());
        double wide = (double) WIDE / counts.length;
        ContainerTag<?> chart = Charts.image(label, WIDE, HIGH, "spark spread");
        for (int i = 0; i < counts.length; i++) {
            double high = most == 0 ? 0 : (HIGH - 1) * counts[i] / all / most;
            chart.with(tag("rect")
                    .attr("x", Charts.n(i * wide))
                    .attr("y", Charts.n(HIGH - Math.max(counts[i] > 0 ? 1 : 0, high)))
                    .attr("width", Charts.n(Math.max(1, wide - 1)))
                    .attr("height", Charts.n(Math.max(counts[i] > 0 ? 1 : 0, high)))
                    .attr("class", i >= counts.length - 2 ? cssClass + " odd" : cssClass));
        }
        return chart;
    }
}
