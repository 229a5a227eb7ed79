package io.dougong.server.console;

import static j2html.TagCreator.tag;

import j2html.tags.ContainerTag;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs as lines over parallel axes, one axis for each parameter and metric: what goes with what is seen at a glance. An axis of
 * numbers has its range, an axis of texts its values in order; a line has a gap where a run has no value.
 */
final class ParallelAxes {

    /** @param name what a pointer shows */
    record Line(String name, Map<String, String> values) {}

    private static final int WIDE = 960;
    private static final int HIGH = 300;
    private static final int TOP = 34;
    private static final int BOTTOM = 262;
    private static final int SIDE = 70;
    private static final int MOST_TEXTS = 12;
    private static final int LONGEST = 14;

    private final List<String> axes;
    private final List<Line> lines;

    /** @param axes from left to right; the last one gives the lines their colours */
    ParallelAxes(List<String> axes, List<Line> lines) {
        this.axes = List.copyOf(axes);
        this.lines = List.copyOf(lines);
    }

    /** Where a value stands on its axis, 0 at the bottom; null if it is not on it. */
    private interface Scale extends Function<String, @Nullable Double> {}

    DomContent draw(String label) {
        ContainerTag<?> chart = Charts.image(label, WIDE, HIGH, "parallel");
        List<Scale> scales = axes.stream().map(this::scale).toList();
        lines.forEach(line -> line(chart, line, scales));
        for (int i = 0; i < axes.size(); i++) {
            double x = x(i);
            chart.with(Charts.line(x, TOP, x, BOTTOM, "axis"));
            String anchor = i == axes.size() - 1 ? "axis-name end-anchor" : "axis-name";
            chart.with(Charts.words(
                    x - (i == 0 ? 50 : i == axes.size() - 1 ? -50 : 40), TOP - 16, cut(axes.get(i)), anchor));
            ends(chart, axes.get(i), x, anchor);
        }
        return chart;
    }

    private double x(int axis) {
        return axes.size() == 1 ? WIDE / 2.0 : SIDE + (WIDE - 2.0 * SIDE) * axis / (axes.size() - 1);
    }

    private static double y(double share) {
        return BOTTOM - (BOTTOM - TOP) * share;
    }

    private List<String> values(String axis) {
        return lines.stream()
                .map(line -> line.values().getOrDefault(axis, ""))
                .filter(value -> !value.isEmpty())
                .toList();
    }

    private Scale scale(String axis) {
        List<Double> numbers = numbers(axis);
        if (!numbers.isEmpty()) {
            double low = numbers.stream().mapToDouble(Double::doubleValue).min().orElse(0);
            double high =
                    numbers.stream().mapToDouble(Double::doubleValue).max().orElse(1);
            return value ->
                    value.isEmpty() ? null : high == low ? 0.5 : (Double.parseDouble(value) - low) / (high - low);
        }
        List<String> texts = new ArrayList<>(new TreeSet<>(values(axis)));
        return value -> value.isEmpty() ? null : texts.size() == 1 ? 0.5 : texts.indexOf(value) / (texts.size() - 1.0);
    }

    /** All values as numbers; empty if one of them is none. */
    private List<Double> numbers(String axis) {
        List<Double> numbers = new ArrayList<>();
        for (String value : values(axis)) {
            try {
                double number = Double.parseDouble(value);
                if (!Double.isFinite(number)) {
                    return List.of();
                }
                numbers.add(number);
            } catch (NumberFormatException text) {
                return List.of();
            }
        }
        return numbers;
    }

    private void line(ContainerTag<?> chart, Line line, List<Scale> scales) {
        StringBuilder path = new StringBuilder();
        boolean pen = false;
        Double last = null;
        for (int i = 0; i < axes.size(); i++) {
            Double share = scales.get(i).apply(line.values().getOrDefault(axes.get(i), ""));
            if (share != null) {
                path.append(pen ? "L" : "M").append(Charts.n(x(i))).append(' ').append(Charts.n(y(share)));
                last = share;
            }
            pen = share != null;
        }
        chart.with(tag("path")
                .attr("d", path.toString())
                .attr("class", "run " + tone(last))
                .with(tag("title").withText(line.name())));
    }

    private static String tone(@Nullable Double share) {
        return share == null ? "run-none" : "run-" + Math.min(4, (int) (share * 5));
    }

    private void ends(ContainerTag<?> chart, String axis, double x, String anchor) {
        List<Double> numbers = numbers(axis);
        List<String> texts = new ArrayList<>(new TreeSet<>(values(axis)));
        String low = texts.isEmpty() ? "" : texts.getFirst();
        String high = texts.isEmpty() ? "" : texts.getLast();
        if (!numbers.isEmpty()) {
            low = Figures.value(
                    numbers.stream().mapToDouble(Double::doubleValue).min().orElse(0));
            high = Figures.value(
                    numbers.stream().mapToDouble(Double::doubleValue).max().orElse(0));
        } else if (texts.size() > MOST_TEXTS) {
            high = "…";
        }
        boolean last = anchor.contains("end");
        double at = last ? x + 50 : x + 6;
        String tick = last ? "tick end-anchor" : "tick";
        chart.with(Charts.words(at, TOP + 4, cut(high), tick), Charts.words(at, BOTTOM + 16, cut(low), tick));
    }

    private static String cut(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST - 1) + "…" : text;
    }
}
