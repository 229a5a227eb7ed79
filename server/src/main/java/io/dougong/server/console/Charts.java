package io.dougong.server.console;

import static j2html.TagCreator.attrs;
import static j2html.TagCreator.div;
import static j2html.TagCreator.tag;

import io.dougong.kernel.Json;
import j2html.tags.ContainerTag;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Drawings of figures: lines over time by uPlot in the browser, everything else as SVG from here. */
final class Charts {

    /**
     * A line or area.
     *
     * @param tone names its colour
     */
    record Series(String name, String tone, List<@Nullable Double> values) {}

    /** A bar that goes left or right from the middle. */
    record Push(String label, double value, String tone) {}

    /** A point of a curve in the unit square; weight 0 to 1 sets its size. */
    record Dot(double x, double y, double weight) {}

    private static final int WIDE = 640;
    private static final int ROW = 34;
    private static final int SQUARE = 260;
    private static final int MARGIN = 34;

    private Charts() {}

    /**
     * Values over time.
     *
     * @param seconds since 1970
     * @param style {@code lines} or {@code stack}
     */
    static DomContent overTime(String label, String style, List<Long> seconds, List<Series> series) {
        return overTime(label, style, seconds, series, List.of());
    }

    /** A moment that is marked across. */
    record Mark(long seconds, String tone) {}

    static DomContent overTime(String label, String style, List<Long> seconds, List<Series> series, List<Mark> marks) {
        List<Object> data = new ArrayList<>();
        data.add(seconds);
        series.forEach(one -> data.add(one.values()));
        return div(attrs(".plot"))
                .attr("role", "img")
                .attr("aria-label", label)
                .attr("data-style", style)
                .attr("data-names", text(series.stream().map(Series::name).toList()))
                .attr("data-tones", text(series.stream().map(Series::tone).toList()))
                .attr("data-marks", text(marks))
                .attr("data-plot", text(data));
    }

    private static String text(Object value) {
        return Json.text(value);
    }

    /** Each push on a row of its own, beginning where the one before ended. */
    static DomContent waterfall(String label, List<Push> pushes, String total) {
        double sum = 0;
        double low = 0;
        double high = 0;
        for (Push push : pushes) {
            sum += push.value();
            low = Math.min(low, sum);
            high = Math.max(high, sum);
        }
        double span = Math.max(1e-9, high - low);
        ContainerTag<?> chart = image(label, WIDE, ROW * (pushes.size() + 1) + 8, "waterfall");
        double at = 0;
        int y = 4;
        for (Push push : pushes) {
            double next = at + push.value();
            bar(chart, push, x(Math.min(at, next), low, span), x(Math.max(at, next), low, span), y);
            at = next;
            y += ROW;
        }
        double zero = x(0, low, span);
        chart.with(line(zero, 0, zero, y, "axis"));
        chart.with(words(10, y + 20, total, "total"), line(x(at, low, span), y - ROW, x(at, low, span), y + 26, "end"));
        return chart.with(words(
                x(at, low, span) > WIDE - 90 ? WIDE - 84 : x(at, low, span) + 6, y + 20, Figures.signed(at), "total"));
    }

    private static double x(double value, double low, double span) {
        return 300 + (WIDE - 300 - 70) * (value - low) / span;
    }

    private static void bar(ContainerTag<?> chart, Push push, double from, double to, int y) {
        chart.with(words(10, y + 20, shortened(push.label()), "label"));
        chart.with(tag("rect")
                .attr("x", n(from))
                .attr("y", y + 5)
                .attr("width", n(Math.max(2, to - from)))
                .attr("height", ROW - 12)
                .attr("rx", 3)
                .attr("class", "fill-" + push.tone()));
        chart.with(words(to + 6, y + 20, Figures.signed(push.value()), "value"));
    }

    private static String shortened(String label) {
        boolean wide = label.codePoints().anyMatch(point -> point > 0x2E80);
        int most = wide ? 21 : 42;
        return label.length() > most ? label.substring(0, most - 1) + "…" : label;
    }

    /** A curve in the unit square beside its diagonal. */
    static DomContent square(String label, String across, String up, List<Dot> dots) {
        ContainerTag<?> chart = image(label, SQUARE + MARGIN + 10, SQUARE + MARGIN + 10, "square");
        for (int i = 0; i <= 4; i++) {
            double at = i / 4.0;
            chart.with(line(px(at), py(0), px(at), py(1), "grid"), line(px(0), py(at), px(1), py(at), "grid"));
            chart.with(words(px(at) - 8, py(0) + 14, Figures.decimal(at, 2), "tick"));
            chart.with(words(2, py(at) + 4, Figures.decimal(at, 2), "tick"));
        }
        chart.with(line(px(0), py(0), px(1), py(1), "diagonal"));
        StringBuilder points = new StringBuilder();
        dots.forEach(dot ->
                points.append(n(px(dot.x()))).append(',').append(n(py(dot.y()))).append(' '));
        chart.with(tag("polyline").attr("points", points.toString().strip()).attr("class", "curve"));
        dots.forEach(dot -> chart.with(tag("circle")
                .attr("cx", n(px(dot.x())))
                .attr("cy", n(py(dot.y())))
                .attr("r", n(2.5 + 4 * dot.weight()))
                .attr("class", "dot")));
        return chart.with(
                words(px(1) - 4, py(0) - 6, across, "axis-name end-anchor"),
                words(px(0) + 6, py(1) + 12, up, "axis-name"));
    }

    private static double px(double x) {
        return MARGIN + x * SQUARE;
    }

    private static double py(double y) {
        return 6 + SQUARE - y * SQUARE;
    }

    /** A share from 0 to 1 as a bar. */
    static DomContent share(double share, String tone) {
        return Icons.svg("0 0 100 8", "share")
                .attr("preserveAspectRatio", "none")
                .with(
                        tag("rect")
                                .attr("width", 100)
                                .attr("height", 8)
                                .attr("rx", 4)
                                .attr("class", "share-back"),
                        tag("rect")
                                .attr("width", n(100 * Math.clamp(share, 0, 1)))
                                .attr("height", 8)
                                .attr("rx", 4)
                                .attr("class", "fill-" + tone));
    }

    static ContainerTag<?> image(String label, int width, int height, String cssClass) {
        return tag("svg")
                .attr("viewBox", "0 0 " + width + " " + height)
                .attr("class", "chart " + cssClass)
                .attr("role", "img")
                .attr("aria-label", label);
    }

    static ContainerTag<?> line(double x1, double y1, double x2, double y2, String cssClass) {
        return tag("line")
                .attr("x1", n(x1))
                .attr("y1", n(y1))
                .attr("x2", n(x2))
                .attr("y2", n(y2))
                .attr("class", cssClass);
    }

    static ContainerTag<?> words(double x, double y, String text, String cssClass) {
        return tag("text")
                .attr("x", n(x))
                .attr("y", n(y))
                .attr("class", cssClass)
                .withText(text);
    }

    static String n(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }
}
