package io.dougong.learn;

import io.dougong.kernel.FieldType;
import io.dougong.models.Task;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the truth comes from, and what it is. The label of a row is known at the event time of the event that brings it, never before.
 *
 * @param stream the events that bring labels
 * @param key the field of that stream that equals the asking event's key
 * @param value the field that tells (also a derived one): of two classes a boolean, true is the positive class; of several a text, a whole
 *     number or a boolean, whose values are the classes; else the number to be predicted
 */
public record LabelDefinition(String stream, String key, String value, Task task) {

    /** Of two classes. */
    public LabelDefinition(String stream, String key, String value) {
        this(stream, key, value, Task.BINARY);
    }

    /** What the field of a label may be. */
    public static Set<FieldType> types(Task task) {
        return switch (task) {
            case BINARY -> Set.of(FieldType.BOOLEAN);
            case MULTICLASS -> Set.of(FieldType.STRING, FieldType.INTEGER, FieldType.BOOLEAN);
            case REGRESSION -> Set.of(FieldType.NUMBER, FieldType.INTEGER);
        };
    }

    /** A value of the field as {@link io.dougong.learn.Verdict#truth} has it: a boolean, the name of a class, a number; null if it tells nothing. */
    public @Nullable Object truth(@Nullable Object value) {
        return truth(task, value);
    }

    static @Nullable Object truth(Task task, @Nullable Object value) {
        return switch (task) {
            case BINARY -> value instanceof Boolean ? value : null;
            case MULTICLASS -> value == null || value.toString().isBlank() ? null : value.toString();
            case REGRESSION -> value instanceof Number number && Double.isFinite(number.doubleValue()) ? value : null;
        };
    }
}
