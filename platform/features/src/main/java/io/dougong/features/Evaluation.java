package io.dougong.features;

import io.dougong.kernel.FieldType;
import java.math.BigInteger;

/** How a feature's value comes out of what a window's panes add up to. */
final class Evaluation {

    /** The value, when at least one value went into it (or none is needed). */
    @FunctionalInterface
    private interface Value {
        double of(Accumulated window, EntityPanes entity, long now, long count);
    }

    private final int countPlace;
    private final int newestPlace;
    private final double ofNothing;
    private final Value value;

    private Evaluation(int countPlace, int newestPlace, double ofNothing, Value value) {
        this.countPlace = countPlace;
        this.newestPlace = newestPlace;
        this.ofNothing = ofNothing;
        this.value = value;
    }

    static Evaluation of(Aggregate aggregate, ViewPlan plan, long windowPanes) {
        String field = ViewPlan.fieldOf(aggregate);
        CellLayout layout = plan.layout();
        int present = layout.place(new Column(Column.Kind.PRESENT, field));
        boolean always = present < 0;
        int count = always ? plan.eventsPlace() : present;
        int newest = always ? plan.newestPlace() : layout.place(new Column(Column.Kind.NEWEST_PRESENT, field));
        boolean counts = aggregate instanceof Aggregate.Count || aggregate instanceof Aggregate.Distinct;
        return new Evaluation(count, newest, counts ? 0 : Double.NaN, value(aggregate, plan, count, windowPanes));
    }

    private static Value value(Aggregate aggregate, ViewPlan plan, int countPlace, long windowPanes) {
        String field = ViewPlan.fieldOf(aggregate);
        CellLayout layout = plan.layout();
        int sum = layout.place(new Column(Column.Kind.SUM, field));
        int bits = field.isEmpty() ? 0 : bits(plan, field);
        return switch (aggregate) {
            case Aggregate.Count _ -> (_, _, _, count) -> count;
            case Aggregate.Sum _ -> (w, _, _, _) -> FixedPoint.sum(w.cell(sum), w.cell(sum + 1), bits);
            case Aggregate.Mean _ -> (w, _, _, count) -> FixedPoint.mean(w.cell(sum), w.cell(sum + 1), count, bits);
            case Aggregate.StdDev _ -> deviation(sum, layout.place(new Column(Column.Kind.SQUARES, field)), bits);
            case Aggregate.Rate _ -> {
                int truths = layout.place(new Column(Column.Kind.TRUE, field));
                yield (w, _, _, count) -> (double) w.cell(truths) / (double) count;
            }
            case Aggregate.Min _ -> ordered(layout.place(new Column(Column.Kind.SMALLEST, field)));
            case Aggregate.Max _ -> ordered(layout.place(new Column(Column.Kind.LARGEST, field)));
            case Aggregate.Last _ -> ordered(layout.place(new Column(Column.Kind.LAST, field)) + 1);
            case Aggregate.Distinct _ -> {
                int which = plan.sketchOf(field);
                yield (w, _, _, _) -> estimate(w, which);
            }
            case Aggregate.Decayed decayed -> {
                Decay decay = new Decay(Windows.panes(decayed.halfLife()), windowPanes, sum, countPlace, bits);
                yield (_, entity, now, _) -> decay.mean(entity.minutes(), now);
            }
        };
    }

    private static int bits(ViewPlan plan, String field) {
        FieldType type = plan.schema().field(field).type();
        return FixedPoint.fractionBits(type);
    }

    private static Value deviation(int sum, int squares, int bits) {
        return (w, _, _, count) -> {
            BigInteger total = FixedPoint.big(w.cell(sum), w.cell(sum + 1));
            BigInteger ofSquares = FixedPoint.big(w.cell(squares), w.cell(squares + 1), w.cell(squares + 2));
            return FixedPoint.deviation(total, ofSquares, count, bits);
        };
    }

    private static Value ordered(int place) {
        return (w, _, _, _) -> FixedPoint.fromOrdered(w.cell(place));
    }

    private static double estimate(Accumulated window, int which) {
        Sketch sketch = window.sketch(which);
        return sketch == null ? 0 : sketch.estimate();
    }

    double ofNothing() {
        return ofNothing;
    }

    double value(Accumulated window, EntityPanes entity, long now) {
        long count = window.cell(countPlace);
        return count == 0 ? ofNothing : value.of(window, entity, now, count);
    }

    /** Event time of the newest event that went into the value; {@link Long#MIN_VALUE} if none. */
    long newest(Accumulated window) {
        return window.cell(newestPlace);
    }
}
