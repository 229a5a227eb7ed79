package io.dougong.features;

import io.dougong.kernel.Field;
import io.dougong.kernel.FieldType;
import io.dougong.kernel.Row;
import io.dougong.kernel.Schema;
import io.dougong.kernel.Times;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What each transform computes; all of it exact or through {@link StrictMath}. */
final class Calculations {

    private static final int MINUTES_PER_HOUR = 60;

    private Calculations() {}

    static Formula.Calculation of(Transform transform, List<Field> inputs) {
        return switch (transform) {
            case Transform.Concat concat -> values -> join(values, concat.separator());
            case Transform.HourOfDay hour -> values -> onClock(values, hour.zone(), ZonedDateTime::getHour);
            case Transform.DayOfWeek day ->
                values ->
                        onClock(values, day.zone(), time -> time.getDayOfWeek().getValue());
            case Transform.MinuteSlot slot -> slot(slot, inputs.getFirst().type());
            case Transform.Bucket bucket -> bucket(bucket.edges());
            case Transform.Step step -> values -> (long) StrictMath.floor(number(values[0]) / step.width());
            case Transform.Ratio _ -> values -> ratio(number(values[0]), number(values[1]));
            case Transform.Difference _ -> difference(inputs);
            case Transform.Log1p _ -> values -> log1p(number(values[0]));
            case Transform.Flag flag -> flag(flag, inputs.getFirst());
            case Transform.Clamp clamp -> values -> Math.clamp(number(values[0]), clamp.least(), clamp.most()) + 0.0;
        };
    }

    private static String join(Object[] values, String separator) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < values.length; i++) {
            text.append(i == 0 ? "" : separator).append(values[i]);
        }
        return text.toString();
    }

    /** Reads a number off a local time. */
    @FunctionalInterface
    private interface ClockFace {
        int read(ZonedDateTime time);
    }

    private static @Nullable Object onClock(Object[] values, Transform.Zone zone, ClockFace face) {
        ZoneId id = zone(values, zone);
        return id == null
                ? null
                : (Object) (long) face.read(Times.instant((Long) values[0]).atZone(id));
    }

    private static @Nullable ZoneId zone(Object[] values, Transform.Zone zone) {
        try {
            return switch (zone) {
                case Transform.Zone.Fixed(ZoneId id) -> id;
                case Transform.Zone.FromField _ -> ZoneId.of((String) values[1]);
            };
        } catch (DateTimeException _) {
            return null; // a text that names no zone: the result is missing, as documented at Zone.FromField
        }
    }

    private static Formula.Calculation slot(Transform.MinuteSlot slot, FieldType type) {
        if (type == FieldType.INTEGER) {
            return values -> Math.floorDiv((long) (Long) values[0], slot.minutes());
        }
        return values -> onClock(
                values, slot.zone(), time -> (time.getHour() * MINUTES_PER_HOUR + time.getMinute()) / slot.minutes());
    }

    private static Formula.Calculation bucket(List<Double> edges) {
        double[] sorted = edges.stream().mapToDouble(Double::doubleValue).toArray();
        return values -> {
            double value = number(values[0]);
            long bucket = 0;
            while (bucket < sorted.length && sorted[(int) bucket] <= value) {
                bucket++;
            }
            return bucket;
        };
    }

    private static @Nullable Object ratio(double numerator, double denominator) {
        return denominator == 0 ? null : finite(numerator / denominator);
    }

    private static Formula.Calculation difference(List<Field> inputs) {
        boolean integral = inputs.stream().noneMatch(input -> input.type() == FieldType.NUMBER);
        return integral
                ? values -> exactDifference((Long) values[0], (Long) values[1])
                : values -> finite(number(values[0]) - number(values[1]));
    }

    /** Missing where 64 bits do not hold it. */
    private static @Nullable Object exactDifference(long minuend, long subtrahend) {
        long difference = minuend - subtrahend;
        boolean overflowed = ((minuend ^ subtrahend) & (minuend ^ difference)) < 0;
        return overflowed ? null : (Object) difference;
    }

    private static @Nullable Object log1p(double value) {
        return value <= -1 ? null : finite(StrictMath.log1p(value));
    }

    private static @Nullable Object finite(double value) {
        return Double.isFinite(value) ? (Object) (value + 0.0) : null;
    }

    private static Formula.Calculation flag(Transform.Flag flag, Field input) {
        Schema one = Schema.of(input);
        Condition.Test test = new Condition(input.name(), flag.comparison(), flag.constant()).over(one);
        return values -> test.holds(Row.of(one, values));
    }

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }
}
