package io.dougong.server.console;

import static j2html.TagCreator.tag;

import io.dougong.tracking.Metric;
import j2html.tags.ContainerTag;
import j2html.tags.DomContent;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** A metric over its steps, a line for each run; what is no number is left out. */
final class MetricCurves {

    private static final int WIDE = 640;
    private static final int HIGH = 230;
    private static final int LEFT = 58;
    private static final int RIGHT = 626;
    private static final int TOP = 12;
    private static final int BOTTOM = 200;
    private static final int TONES = 5;

    private final List<Map.Entry<String, List<Metric>>> curves;

    /** @param curves name of the run to its points by step */
    MetricCurves(List<Map.Entry<String, List<Metric>>> curves) {
        this.curves = curves.stream()
                .map(curve -> Map.entry(
                        curve.getKey(),
                        curve.getValue().stream()
                                .filter(point -> Double.isFinite(point.value()))
                                .toList()))
                .filter(curve -> !curve.getValue().isEmpty())
                .toList();
    }

    DomContent draw(String label) {
        ContainerTag<?> chart = Charts.image(label, WIDE, HIGH, "curves");
        double low = least(Metric::value);
        double high = -least(point -> -point.value());
        double from = least(point -> (double) point.step());
        double to = -least(point -> -(double) point.step());
        chart.with(Charts.line(LEFT, BOTTOM, RIGHT, BOTTOM, "axis"), Charts.line(LEFT, TOP, LEFT, BOTTOM, "axis"));
        for (int i = 0; i < curves.size(); i++) {
            StringBuilder path = new StringBuilder();
            for (Metric point : curves.get(i).getValue()) {
                double x = LEFT + (RIGHT - LEFT) * share(point.step(), from, to);
                double y = BOTTOM - (BOTTOM - TOP) * share(point.value(), low, high);
                path.append(path.isEmpty() ? "M" : "L")
                        .append(Charts.n(x))
                        .append(' ')
                        .append(Charts.n(y));
                chart.with(tag("circle")
                        .attr("cx", Charts.n(x))
                        .attr("cy", Charts.n(y))
                        .attr("r", "1.8")
                        .attr("class", "run-point run-" + i % TONES));
            }
            chart.with(tag("path")
                    .attr("d", path.toString())
                    .attr("class", "run run-" + i % TONES)
                    .with(tag("title").withText(curves.get(i).getKey())));
        }
        return chart.with(
                Charts.words(LEFT - 6, TOP + 8, Figures.value(high), "tick end-anchor"),
                Charts.words(LEFT - 6, BOTTOM, Figures.value(low), "tick end-anchor"),
                Charts.words(LEFT, BOTTOM + 18, Figures.value(from), "tick"),
                Charts.words(RIGHT, BOTTOM + 18, Figures.value(to), "tick end-anchor"));
    }

    private static double share(double value, double low, double high) {
        return high == low ? 0.5 : (value - low) / (high - low);
    }

    private double least(ToDoubleFunction<Metric> figure) {
        return points().mapToDouble(figure).min().orElse(0);
    }

    private Stream<Metric> points() {
        return curves.stream().flatMap(curve -> curve.getValue().stream());
    }
}
