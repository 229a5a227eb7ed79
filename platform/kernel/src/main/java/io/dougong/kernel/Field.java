package io.dougong.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One field of a {@link Schema}.
 *
 * @param minimum smallest allowed value of a numeric field, or null for no bound
 * @param maximum largest allowed value of a numeric field, or null for no bound
 * @param allowed the only strings allowed, or empty for any
 */
public record Field(
        String name,
        FieldType type,
        boolean required,
        Sensitivity sensitivity,
        @Nullable Double minimum,
        @Nullable Double maximum,
        List<String> allowed) {

    public Field {
        allowed = List.copyOf(allowed);
    }

    public static Field required(String name, FieldType type) {
        return new Field(name, type, true, Sensitivity.PUBLIC, null, null, List.of());
    }

    public static Field optional(String name, FieldType type) {
        return new Field(name, type, false, Sensitivity.PUBLIC, null, null, List.of());
    }

    public Field between(double least, double most) {
        return new Field(name, type, required, sensitivity, least, most, allowed);
    }

    public Field oneOf(List<String> values) {
        return new Field(name, type, required, sensitivity, minimum, maximum, values);
    }

    public Field personal() {
        return new Field(name, type, required, Sensitivity.PERSONAL, minimum, maximum, allowed);
    }
}
