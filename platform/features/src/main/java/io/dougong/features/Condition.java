package io.dougong.features;

import io.dougong.kernel.FieldType;
import io.dougong.kernel.Row;
import io.dougong.kernel.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A field compared with a constant; never true of a missing value. Numbers compare by value (an integer field with 15.5, too),
 * text by its UTF-16 order, and false is below true.
 *
 * @param constant String, Long, Integer, Double or Boolean, fitting the field's type
 */
public record Condition(String field, Comparison comparison, Object constant) {

    /** The condition over the rows of one schema. */
    Test over(Schema schema) {
        int place = schema.place(field);
        Object fitting = fitting(schema.field(place).type());
        return row -> {
            Object value = row.get(place);
            return value != null && comparison.holds(order(value, fitting));
        };
    }

    private Object fitting(FieldType type) {
        Object fitting = switch (constant) {
            case Boolean b when type == FieldType.BOOLEAN -> b;
            case String s when type == FieldType.STRING -> s;
            case Integer i when isNumeric(type) -> (long) i;
            case Number n when isNumeric(type) -> n;
            default -> null;
        };
        if (fitting == null) {
            throw FeatureProblem.bad(
                    "Field '" + field + "' is of type " + type.label() + " and is compared with '" + constant + "'.",
                    "Maybe the constant needs quotes, or must lose them.");
        }
        return fitting;
    }

    private static boolean isNumeric(FieldType type) {
        return type == FieldType.INTEGER || type == FieldType.NUMBER || type == FieldType.TIMESTAMP;
    }

    private static int order(Object value, Object constant) {
        return switch (value) {
            case String s when constant instanceof String c -> s.compareTo(c);
            case Boolean b when constant instanceof Boolean c -> b.compareTo(c);
            case Long l when constant instanceof Long c -> l.compareTo(c);
            case Number n when constant instanceof Number c -> compare(n.doubleValue(), c.doubleValue());
            default -> throw new IllegalStateException("A value is not of its field's type");
        };
    }

    /** Negative and positive zero are equal here. */
    private static int compare(double a, double b) {
        return Double.compare(a + 0.0, b + 0.0);
    }

    /** A compiled condition. */
    @FunctionalInterface
    interface Test {
        boolean holds(Row row);

        static Test of(@Nullable Condition condition, Schema schema) {
            return condition == null ? _ -> true : condition.over(schema);
        }
    }
}
