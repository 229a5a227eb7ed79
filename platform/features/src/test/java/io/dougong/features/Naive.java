package io.dougong.features;

import io.dougong.kernel.Row;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Feature values from a list of events by the letter of the definition: filter, then exact decimal arithmetic; no panes, no
 * merging, no state.
 */
final class Naive {

    private static final MathContext MANY_DIGITS = new MathContext(60, RoundingMode.HALF_EVEN);

    private Naive() {}

    static double[] values(List<FeatureEvent> seen, Row asking, long atMicros) {
        return Scene.VIEWS.stream()
                .flatMapToDouble(view -> Arrays.stream(values(view, seen, asking, atMicros)))
                .toArray();
    }

    private static double[] values(FeatureView view, List<FeatureEvent> seen, Row asking, long atMicros) {
        double[] values = new double[view.aggregates().size() * view.windows().size()];
        long minute = Math.floorDiv(atMicros, Scene.MINUTE);
        int place = 0;
        for (Aggregate aggregate : view.aggregates()) {
            for (Duration window : view.windows()) {
                values[place++] = value(view, aggregate, minute - window.toMinutes(), minute, seen, asking);
            }
        }
        return values;
    }

    private static double value(
            FeatureView view, Aggregate aggregate, long from, long minute, List<FeatureEvent> seen, Row asking) {
        boolean known = view.entity().stream().allMatch(field -> asking.get(field) != null);
        if (!known || from < kept(view, seen)) {
            return Double.NaN;
        }
        List<FeatureEvent> window = seen.stream()
                .filter(event -> pane(event) >= from && pane(event) < minute)
                .filter(event -> view.entity().stream()
                        .allMatch(f -> Objects.equals(asking.get(f), event.row().get(f))))
                .filter(event -> view.where().isEmpty() || hasTwoItems(event.row()))
                .toList();
        return aggregate(aggregate, window, minute);
    }

    private static long kept(FeatureView view, List<FeatureEvent> seen) {
        long longest = view.longestWindow().toMinutes() + Scene.LATENESS.toMinutes();
        return seen.stream().mapToLong(Naive::pane).max().orElse(Long.MIN_VALUE / 2) - longest;
    }

    private static boolean hasTwoItems(Row row) {
        return row.get("items") instanceof Long items && items >= 2;
    }

    private static long pane(FeatureEvent event) {
        return Math.floorDiv(event.timeMicros(), Scene.MINUTE);
    }

    private static double aggregate(Aggregate aggregate, List<FeatureEvent> window, long minute) {
        String field = ViewPlan.fieldOf(aggregate);
        if (aggregate instanceof Aggregate.Count) {
            return window.size();
        }
        List<FeatureEvent> present =
                window.stream().filter(event -> event.row().get(field) != null).toList();
        if (aggregate instanceof Aggregate.Distinct) {
            return distinct(present, field);
        }
        if (present.isEmpty()) {
            return Double.NaN;
        }
        List<BigDecimal> numbers =
                present.stream().map(event -> fixed(event.row().get(field))).toList();
        BigDecimal count = BigDecimal.valueOf(numbers.size());
        BigDecimal sum = numbers.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        return switch (aggregate) {
            case Aggregate.Sum _ -> sum.doubleValue() + 0.0;
            case Aggregate.Mean _, Aggregate.Rate _ ->
                sum.divide(count, MANY_DIGITS).doubleValue() + 0.0;
            case Aggregate.StdDev _ -> deviation(numbers, sum, count);
            case Aggregate.Min _ ->
                doubles(present, field).stream().min(Double::compare).orElseThrow();
            case Aggregate.Max _ ->
                doubles(present, field).stream().max(Double::compare).orElseThrow();
            case Aggregate.Last _ -> last(present, field);
            case Aggregate.Decayed decayed -> decayed(present, decayed, minute);
            case Aggregate.Count _, Aggregate.Distinct _ -> throw new IllegalStateException();
        };
    }

    private static List<Double> doubles(List<FeatureEvent> events, String field) {
        return events.stream()
                .map(event -> event.row().number(event.row().schema().place(field)) + 0.0)
                .toList();
    }

    private static double last(List<FeatureEvent> present, String field) {
        long newest = Scene.newest(present);
        return doubles(present.stream().filter(e -> e.timeMicros() == newest).toList(), field).stream()
                .max(Double::compare)
                .orElseThrow();
    }

    /** The number in steps of 2^-24, as is documented for numbers. */
    private static BigDecimal fixed(@Nullable Object value) {
        return switch (value) {
            case Boolean truth -> truth ? BigDecimal.ONE : BigDecimal.ZERO;
            case Long integer -> BigDecimal.valueOf(integer);
            case Double number -> {
                BigDecimal scale = BigDecimal.valueOf(1 << 24);
                yield new BigDecimal(number)
                        .multiply(scale)
                        .setScale(0, RoundingMode.HALF_EVEN)
                        .divide(scale);
            }
            case null, default -> throw new IllegalStateException();
        };
    }

    private static double deviation(List<BigDecimal> numbers, BigDecimal sum, BigDecimal count) {
        BigDecimal squares = numbers.stream().map(n -> n.multiply(n)).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal spread = count.multiply(squares).subtract(sum.multiply(sum));
        return Math.sqrt(spread.doubleValue()) / count.doubleValue();
    }

    private static double distinct(List<FeatureEvent> present, String field) {
        Set<Object> values = present.stream()
                .map(event -> event.row().get(field))
                .map(Objects::requireNonNull)
                .collect(Collectors.toCollection(HashSet::new));
        Sketch sketch = new Sketch();
        values.forEach(value -> sketch.add(Sketch.hash(value)));
        return sketch.estimate();
    }

    private static double decayed(List<FeatureEvent> present, Aggregate.Decayed decayed, long minute) {
        BigInteger weights = BigInteger.ZERO;
        BigDecimal sum = BigDecimal.ZERO;
        for (FeatureEvent event : present.stream()
                .sorted(Comparator.comparingLong(FeatureEvent::timeMicros))
                .toList()) {
            double age =
                    (double) (minute - 1 - pane(event)) / decayed.halfLife().toMinutes();
            BigInteger weight = BigInteger.valueOf((long) StrictMath.rint(StrictMath.pow(2, 30 - age)));
            weights = weights.add(weight);
            sum = sum.add(fixed(event.row().get(decayed.field())).multiply(new BigDecimal(weight)));
        }
        return weights.signum() == 0
                ? Double.NaN
                : sum.divide(new BigDecimal(weights), MANY_DIGITS).doubleValue() + 0.0;
    }
}
