package io.dougong.operate;

import io.dougong.kernel.Row;
import io.dougong.operate.Reading.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The part of a stream that came from one feed, e.g. one airport: stuck values, volume, and how far its means have moved. */
final class GroupMonitor {

    private static final int LEAST_WINDOWS = 14;
    private static final double VOLUME_LIMIT = 6;
    private static final int COUNT = 0;
    private static final int WHOLE = 1;
    private static final int SILENT = 2;
    private static final int CONTEXT = 3;
    private static final int PAIRS = 4;
    private static final int OTHER_CONTEXT = 5;
    private static final int MARKS = 6;
    /** Windows without an event after which a feed counts as ended, not as stuck. */
    private static final int ENDED = 2;
    /** A context that differs less often than in one of so many pairs says nothing. */
    private static final int SELDOM = 50;

    private final FeedShape shape;
    private final String name;
    private final int[] numbers;
    private final int[] others;
    private final List<StuckCheck> stuck;
    private final List<Spread> means;
    private final double[] sums;
    private final Spread volumes;
    private final List<Gauge> gauges = new ArrayList<>();
    private final Gauge volume;
    private final long[] marks;

    /**
     * Everything that must survive; marks are the count of the window, whether a whole window was seen, windows without an event, a hash of
     * the newest event's other texts, pairs of neighbours, and how many of them differed in these.
     */
    record Kept(
            List<StuckCheck> stuck,
            List<Spread> means,
            double[] sums,
            Spread volumes,
            long[] marks,
            List<Gauge.Kept> gauges) {}

    /** @param name e.g. {@code destination=ORD} */
    GroupMonitor(FeedShape shape, String name, @Nullable Kept before) {
        this.shape = shape;
        this.name = name;
        this.numbers = shape.numbers();
        this.others = shape.textsBut(name.substring(0, name.indexOf(FeedShape.SEPARATOR)));
        this.stuck = before == null ? repeated(StuckCheck::empty) : before.stuck();
        this.means = before == null ? repeated(Spread::empty) : before.means();
        this.sums = before == null ? new double[numbers.length] : before.sums();
        this.volumes = before == null ? Spread.empty() : before.volumes();
        this.marks = before == null ? new long[MARKS] : before.marks();
        for (int number : numbers) {
            gauges.add(gauge("stuck", shape.name(number), "run"));
        }
        this.volume = gauge("volume", "events", "events");
        gauges.add(volume);
        if (before != null) {
            for (int i = 0; i < gauges.size(); i++) {
                gauges.get(i).restore(before.gauges().get(i));
            }
        }
    }

    private Gauge gauge(String check, String field, String statistic) {
        return new Gauge(
                shape.stream() + "/" + check + "/" + name + "/" + field, Kind.FEED, name + " " + field, statistic);
    }

    private <T> List<T> repeated(java.util.function.Supplier<T> supplier) {
        return Stream.generate(supplier).limit(numbers.length).toList();
    }

    Kept kept() {
        return new Kept(
                stuck,
                means,
                sums,
                volumes,
                marks,
                gauges.stream().map(Gauge::kept).toList());
    }

    /** Returns by how many the stuck values have grown. */
    int add(long micros, Row row) {
        int grown = 0;
        boolean tells = tells(row);
        marks[COUNT]++;
        for (int i = 0; i < numbers.length; i++) {
            Number value = row.get(numbers[i]) instanceof Number number ? number : null;
            sums[i] += value == null ? 0 : value.doubleValue();
            StuckCheck check = stuck.get(i);
            if (check.add(value, micros, tells)) {
                grown += check.alarms() ? 1 : -1;
                gauges.get(i).mark(check.alarms() ? check.sinceMicros() : micros, check.alarms());
            }
        }
        return grown;
    }

    /** Where events usually differ in their other texts, only those that do are compared. */
    private boolean tells(Row row) {
        long context = 0;
        for (int other : others) {
            context = RowSample.hash(context + String.valueOf(row.text(other)).hashCode());
        }
        boolean differs = context != marks[CONTEXT];
        marks[CONTEXT] = context;
        marks[PAIRS]++;
        marks[OTHER_CONTEXT] += differs ? 1 : 0;
        return differs || marks[OTHER_CONTEXT] * SELDOM < marks[PAIRS];
    }

    boolean isStuck() {
        return stuck() > 0;
    }

    /** How many fields are stuck. */
    int stuck() {
        int count = 0;
        for (StuckCheck check : stuck) {
            count += check.alarms() ? 1 : 0;
        }
        return count;
    }

    /** A window of the stream ended; returns by how many the stuck values have grown. */
    int close(long atMicros) {
        boolean whole = marks[WHOLE] == 1;
        marks[SILENT] = marks[COUNT] == 0 ? marks[SILENT] + 1 : 0;
        int grown = 0;
        for (int i = 0; i < numbers.length; i++) {
            StuckCheck check = stuck.get(i);
            grown -= marks[SILENT] >= ENDED && check.forget() ? 1 : 0;
            double mean = sums[i] / Math.max(1, marks[COUNT]);
            double moved = means.get(i).z(mean);
            gauges.get(i)
                    .show(
                            atMicros,
                            check.run(),
                            check.needed(),
                            check.run(),
                            check.needed(),
                            check.alarms(),
                            Map.of("mean", mean, "usual_mean", means.get(i).mean(), "moved", moved));
            if (whole && marks[COUNT] > 0 && !check.alarms()) {
                means.get(i).add(mean);
            }
            sums[i] = 0;
        }
        closeVolume(atMicros, whole);
        marks[COUNT] = 0;
        marks[WHOLE] = 1;
        return grown;
    }

    private void closeVolume(long atMicros, boolean whole) {
        double root = StrictMath.sqrt((double) marks[COUNT]);
        double z = volumes.count() < LEAST_WINDOWS ? 0 : volumes.z(root);
        boolean alarm = whole && Math.abs(z) >= VOLUME_LIMIT;
        volume.show(
                atMicros,
                marks[COUNT],
                volumes.mean() * volumes.mean(),
                Math.abs(z),
                VOLUME_LIMIT,
                alarm,
                Map.of("z", z));
        if (whole && !alarm) {
            volumes.add(root);
        }
    }

    /** How far each field's mean of the newest window had moved, in standard deviations between windows. */
    List<Diagnosis.Suspect> suspects() {
        List<Diagnosis.Suspect> suspects = new ArrayList<>();
        for (int i = 0; i < numbers.length; i++) {
            StuckCheck check = stuck.get(i);
            Gauge gauge = gauges.get(i);
            double moved = means.get(i).count() < LEAST_WINDOWS
                    ? 0
                    : Math.abs(gauge.kept().figures().getOrDefault("moved", 0.0));
            double score = check.alarms() ? Diagnosis.CERTAIN : moved;
            long since = check.alarms() ? check.sinceMicros() : gauge.kept().atMicros();
            suspects.add(new Diagnosis.Suspect(
                    shape.stream(), name, shape.name(numbers[i]), check.alarms() ? "stuck" : "moved", score, since));
        }
        return suspects;
    }

    Stream<Gauge> gauges() {
        return gauges.stream();
    }
}
