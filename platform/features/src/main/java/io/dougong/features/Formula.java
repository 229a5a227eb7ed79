package io.dougong.features;

import io.dougong.kernel.Field;
import io.dougong.kernel.FieldType;
import io.dougong.kernel.Schema;
import io.dougong.kernel.Sensitivity;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One derived field compiled over the fields before it. */
final class Formula {

    private final Derived derived;
    private final Field field;
    private final int[] places;
    private final Calculation calculation;

    /** Computes from inputs that are all present, in the order of {@link #inputs}. */
    @FunctionalInterface
    interface Calculation {
        @Nullable
        Object of(Object[] inputs);
    }

    private Formula(Derived derived, Field field, int[] places, Calculation calculation) {
        this.derived = derived;
        this.field = field;
        this.places = places;
        this.calculation = calculation;
    }

    static Formula compile(Derived derived, Schema before) {
        if (before.has(derived.name())) {
            throw FeatureProblem.bad("Derived field '" + derived.name() + "' has the name of another field.", "");
        }
        Transform transform = derived.transform();
        List<Field> inputs = derived.inputs().map(before::field).toList();
        check(derived.name(), transform, inputs);
        int[] places =
                inputs.stream().mapToInt(input -> before.place(input.name())).toArray();
        return new Formula(derived, field(derived, inputs), places, Calculations.of(transform, inputs));
    }

    private static void check(String name, Transform transform, List<Field> inputs) {
        switch (transform) {
            case Transform.Concat concat -> require(!concat.fields().isEmpty(), name, "joins no fields");
            case Transform.HourOfDay hour -> checkClock(name, hour.zone(), inputs, FieldType.TIMESTAMP);
            case Transform.DayOfWeek day -> checkClock(name, day.zone(), inputs, FieldType.TIMESTAMP);
            case Transform.MinuteSlot slot -> {
                require(slot.minutes() > 0 && slot.minutes() <= 1440, name, "has slots of " + slot.minutes() + " min");
                checkClock(name, slot.zone(), inputs, FieldType.TIMESTAMP, FieldType.INTEGER);
            }
            case Transform.Bucket bucket -> {
                require(rises(bucket.edges()), name, "has edges that do not rise: " + bucket.edges());
                checkNumeric(name, inputs);
            }
            case Transform.Step step -> {
                require(step.width() > 0 && Double.isFinite(step.width()), name, "has width " + step.width());
                checkNumeric(name, inputs);
            }
            case Transform.Clamp clamp -> {
                require(clamp.least() <= clamp.most(), name, "has bounds " + clamp.least() + " and " + clamp.most());
                checkNumeric(name, inputs);
            }
            case Transform.Flag _ -> require(true, name, "");
            case Transform.Ratio _, Transform.Difference _, Transform.Log1p _ -> checkNumeric(name, inputs);
        }
    }

    private static void checkClock(String name, Transform.Zone zone, List<Field> inputs, FieldType... allowed) {
        checkType(name, inputs.getFirst(), allowed);
        if (zone instanceof Transform.Zone.FromField) {
            checkType(name, inputs.get(1), FieldType.STRING);
        }
    }

    private static void checkNumeric(String name, List<Field> inputs) {
        inputs.forEach(input -> checkType(name, input, FieldType.INTEGER, FieldType.NUMBER, FieldType.TIMESTAMP));
    }

    private static void checkType(String name, Field input, FieldType... allowed) {
        List<FieldType> types = Arrays.asList(allowed);
        require(
                types.contains(input.type()),
                name,
                "uses '" + input.name() + "' of type " + input.type().label() + ", which must be of type "
                        + String.join(
                                " or ", types.stream().map(FieldType::label).toList()));
    }

    private static boolean rises(List<Double> edges) {
        return !edges.isEmpty()
                && new HashSet<>(edges).size() == edges.size()
                && edges.stream().sorted().toList().equals(edges);
    }

    private static void require(boolean holds, String name, String what) {
        if (!holds) {
            throw FeatureProblem.bad("Derived field '" + name + "' " + what + ".", "");
        }
    }

    private static Field field(Derived derived, List<Field> inputs) {
        boolean required = isTotal(derived.transform()) && inputs.stream().allMatch(Field::required);
        Sensitivity sensitivity = inputs.stream()
                .map(Field::sensitivity)
                .max(Comparator.naturalOrder())
                .orElse(Sensitivity.PUBLIC);
        return new Field(
                derived.name(), type(derived.transform(), inputs), required, sensitivity, null, null, List.of());
    }

    /** Whether present inputs always give a result. */
    private static boolean isTotal(Transform transform) {
        return switch (transform) {
            case Transform.Ratio _, Transform.Log1p _, Transform.Difference _ -> false;
            case Transform.HourOfDay hour -> hour.zone() instanceof Transform.Zone.Fixed;
            case Transform.DayOfWeek day -> day.zone() instanceof Transform.Zone.Fixed;
            case Transform.MinuteSlot slot -> slot.zone() instanceof Transform.Zone.Fixed;
            default -> true;
        };
    }

    private static FieldType type(Transform transform, List<Field> inputs) {
        return switch (transform) {
            case Transform.Concat _ -> FieldType.STRING;
            case Transform.Flag _ -> FieldType.BOOLEAN;
            case Transform.Ratio _, Transform.Log1p _, Transform.Clamp _ -> FieldType.NUMBER;
            case Transform.Difference _ ->
                inputs.stream().anyMatch(input -> input.type() == FieldType.NUMBER)
                        ? FieldType.NUMBER
                        : FieldType.INTEGER;
            default -> FieldType.INTEGER;
        };
    }

    Derived derived() {
        return derived;
    }

    Field field() {
        return field;
    }

    @Nullable
    Object value(@Nullable Object[] row) {
        Object[] inputs = new Object[places.length];
        for (int i = 0; i < places.length; i++) {
            Object input = row[places[i]];
            if (input == null) {
                return null;
            }
            inputs[i] = input;
        }
        return calculation.of(inputs);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Formula that && derived.equals(that.derived) && Arrays.equals(places, that.places);
    }

    @Override
    public int hashCode() {
        return derived.hashCode();
    }
}
