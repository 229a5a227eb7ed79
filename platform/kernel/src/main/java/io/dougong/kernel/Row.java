package io.dougong.kernel;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values in the order of a schema's fields; a missing value is null. Not checked here: see {@link RowReader}. */
public final class Row {

    private final Schema schema;
    private final @Nullable Object[] values;

    private Row(Schema schema, @Nullable Object[] values) {
        this.schema = schema;
        this.values = values;
    }

    /** @param values one per field, of the field type's Java class or null; the array is not copied */
    public static Row of(Schema schema, @Nullable Object... values) {
        if (values.length != schema.size()) {
            throw new IllegalArgumentException(schema + " has " + schema.size() + " fields, got " + values.length);
        }
        return new Row(schema, values);
    }

    public Schema schema() {
        return schema;
    }

    public @Nullable Object get(int place) {
        return values[place];
    }

    public @Nullable Object get(String name) {
        return values[schema.place(name)];
    }

    /** The value as a double: numbers as they are, booleans as 0 or 1, timestamps in microseconds; NaN if missing. */
    public double number(int place) {
        return switch (values[place]) {
            case null -> Double.NaN;
            case Double d -> d;
            case Long l -> l;
            case Boolean b -> b ? 1.0 : 0.0;
            default ->
                throw new InvalidValue(
                        "not-a-number", "Field '" + schema.field(place).name() + "' is text, not a number.", "");
        };
    }

    /** The value as text, as used in entity keys; null if missing. */
    public @Nullable String text(int place) {
        Object value = values[place];
        return value == null ? null : value.toString();
    }

    /** Field name to value, in schema order, without missing values. */
    public Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value != null) {
                map.put(schema.field(i).name(), value);
            }
        }
        return map;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Row that && schema.equals(that.schema) && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    /** Field names only: a row may hold personal values. */
    @Override
    public String toString() {
        return "Row" + schema.names();
    }
}
