package io.dougong.operate;

import io.dougong.decisions.Score;
import io.dougong.decisions.Truth;
import io.dougong.operate.Reading.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How good the labelled decisions of each window were. Labels of hard cases may come late, so a window is judged only when 99 of 100
 * of its labels would have come: not before its end plus the label delay seen in training.
 */
final class QualityMonitor {

    private static final int LEAST_ROWS = 30;
    private static final int LEAST_WINDOWS = 5;
    private static final int MOST_OPEN = 400;
    private static final double CAP = 4;
    private final Reference reference;
    private final Cusum rule;
    private final Map<Metric, Gauge> gauges = new EnumMap<>(Metric.class);
    private final List<Metric> watched;
    private final TreeMap<Long, LabelledPane> open = new TreeMap<>();

    /** Everything that must survive. */
    record Kept(List<LabelledPane> open, Map<Metric, Gauge.Kept> gauges) {}

    QualityMonitor(String decision, Reference reference, MonitorsDefinition monitors, @Nullable Kept before) {
        this.reference = reference;
        this.watched = Metric.watched(reference.asked());
        this.rule = Cusum.withFalseAlarmEvery(monitors.falseAlarmWindows() * watched.size());
        for (Metric metric : watched) {
            gauges.put(
                    metric,
                    new Gauge(decision + "/quality/" + metric.label(), Kind.QUALITY, metric.label(), metric.label()));
        }
        if (before != null) {
            before.open().forEach(pane -> open.put(pane.startMicros(), pane));
            before.gauges().forEach((metric, kept) -> restore(metric, kept));
        }
    }

    /** What is not watched any more is let go. */
    private void restore(Metric metric, Gauge.Kept kept) {
        Gauge gauge = gauges.get(metric);
        if (gauge != null) {
            gauge.restore(kept);
        }
    }

    Kept kept() {
        Map<Metric, Gauge.Kept> kept = new EnumMap<>(Metric.class);
        gauges.forEach((metric, gauge) -> kept.put(metric, gauge.kept()));
        return new Kept(new ArrayList<>(open.values()), kept);
    }

    /** A label came. */
    void add(long askedMicros, Score score, Truth truth, boolean decided, boolean wrong) {
        long start = Math.floorDiv(askedMicros, reference.windowMicros()) * reference.windowMicros();
        open.computeIfAbsent(start, micros -> LabelledPane.empty(reference.asked(), micros))
                .add(score, truth, decided, wrong);
        if (open.size() > MOST_OPEN) {
            open.pollFirstEntry();
        }
    }

    /** Event time has come so far. */
    void advance(long micros) {
        long ripe = micros - reference.labelDelayMicros() - reference.windowMicros();
        while (!open.isEmpty() && open.firstKey() <= ripe) {
            LabelledPane pane = open.pollFirstEntry().getValue();
            if (pane.labelled() >= LEAST_ROWS) {
                gauges.forEach((metric, gauge) -> judge(metric, gauge, pane));
            }
        }
    }

    private void judge(Metric metric, Gauge gauge, LabelledPane pane) {
        double value = pane.of(metric);
        long atMicros = pane.startMicros() + reference.windowMicros();
        Reference.OfQuality usual = reference
                .of(metric)
                .filter(found -> found.windows() >= LEAST_WINDOWS && found.deviation() > 0)
                .orElse(null);
        if (!Double.isFinite(value)) {
            return;
        }
        if (usual == null) {
            gauge.show(atMicros, value, Double.NaN, 0, rule.limit(), false, figures(pane));
            return;
        }
        double z = metric.worse() * (value - usual.mean()) / usual.deviation();
        double sum = Math.min(rule.limit() + CAP, rule.after(gauge.evidence(), z));
        double threshold = usual.mean() + metric.worse() * (rule.limit() + rule.slack()) * usual.deviation();
        gauge.show(atMicros, value, threshold, sum, rule.limit(), rule.alarms(sum), figures(pane));
    }

    private Map<String, Double> figures(LabelledPane pane) {
        Map<String, Double> figures = new TreeMap<>(Map.of("labelled", (double) pane.labelled()));
        watched.forEach(metric -> figures.put(metric.label(), pane.of(metric)));
        return figures;
    }

    Stream<Gauge> gauges() {
        return gauges.values().stream();
    }
}
