package io.dougong.server.console;

import static j2html.TagCreator.tag;

import io.dougong.decisions.Decision;
import io.dougong.kernel.StreamPartition;
import j2html.tags.ContainerTag;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** From the events read, over features and model, to the record: left to right. */
final class LineageGraph {

    private static final int WIDE = 960;
    private static final int BOX_WIDE = 200;
    private static final int BOX_HIGH = 52;
    private static final int GAP = 16;
    private static final int MOST_SOURCES = 6;
    private static final int[] COLUMNS = {4, 258, 508, 756};

    private LineageGraph() {}

    private record Box(String title, String detail, String cssClass) {}

    static DomContent of(Visit visit, Decision decision) {
        List<Box> sources = sources(visit, decision);
        int high = Math.max(3, sources.size()) * (BOX_HIGH + GAP) + GAP;
        ContainerTag<?> chart = Charts.image(visit.say("lineage.label"), WIDE, high, "lineage");
        double middle = high / 2.0 - BOX_HIGH / 2.0;
        for (int i = 0; i < sources.size(); i++) {
            double y = (high - sources.size() * (BOX_HIGH + GAP) + GAP) / 2.0 + i * (BOX_HIGH + GAP);
            link(chart, COLUMNS[0], y, COLUMNS[1], middle);
            box(chart, COLUMNS[0], y, sources.get(i));
        }
        link(chart, COLUMNS[1], middle, COLUMNS[2], middle);
        link(chart, COLUMNS[2], middle, COLUMNS[3], middle);
        box(
                chart,
                COLUMNS[1],
                middle,
                new Box(
                        visit.say("lineage.features", decision.features().size()),
                        short12(decision.lineage().featuresVersion().hex()),
                        "box"));
        box(
                chart,
                COLUMNS[2],
                middle,
                new Box(
                        decision.model().name() + " v" + decision.model().version(),
                        short12(decision.model().digest().hex()),
                        "box"));
        box(
                chart,
                COLUMNS[3],
                middle,
                new Box(
                        decision.outcome().label(),
                        short12(decision.id()),
                        "box box-" + DecisionRows.tone(decision.outcome().label())));
        return chart;
    }

    private static List<Box> sources(Visit visit, Decision decision) {
        List<Box> boxes = new ArrayList<>();
        Map<StreamPartition, Long> read = decision.lineage().read().next();
        read.entrySet().stream()
                .limit(MOST_SOURCES)
                .forEach(entry -> boxes.add(new Box(
                        entry.getKey().toString(),
                        visit.say("lineage.before", Figures.count(entry.getValue())),
                        "box")));
        boxes.add(new Box(visit.say("lineage.question"), decision.question().key(), "box box-question"));
        return boxes;
    }

    private static void box(ContainerTag<?> chart, double x, double y, Box box) {
        chart.with(
                tag("rect")
                        .attr("x", Charts.n(x))
                        .attr("y", Charts.n(y))
                        .attr("width", BOX_WIDE)
                        .attr("height", BOX_HIGH)
                        .attr("rx", 8)
                        .attr("class", box.cssClass()),
                Charts.words(x + 12, y + 22, cut(box.title()), "box-title"),
                Charts.words(x + 12, y + 40, cut(box.detail()), "box-detail"));
    }

    private static void link(ContainerTag<?> chart, double x1, double y1, double x2, double y2) {
        double from = x1 + BOX_WIDE;
        double bend = (from + x2) / 2;
        double start = y1 + BOX_HIGH / 2.0;
        double end = y2 + BOX_HIGH / 2.0;
        chart.with(tag("path")
                .attr(
                        "d",
                        "M" + Charts.n(from) + " " + Charts.n(start) + "C" + Charts.n(bend) + " " + Charts.n(start)
                                + " " + Charts.n(bend) + " " + Charts.n(end) + " " + Charts.n(x2) + " " + Charts.n(end))
                .attr("class", "edge"));
    }

    private static String cut(String text) {
        return text.length() > 27 ? text.substring(0, 26) + "…" : text;
    }

    private static String short12(String hex) {
        return hex.length() > 16 ? hex.substring(0, 16) + "…" : hex;
    }
}
