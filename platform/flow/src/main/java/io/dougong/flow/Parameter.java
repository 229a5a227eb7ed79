package io.dougong.flow;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run may be given.
 *
 * @param fallback the value if none is given; null if one must be
 */
public record Parameter(Type type, @Nullable Object fallback, String description) {

    /** What the value must be. */
    public enum Type {
        TEXT("a text"),
        WHOLE("a whole number"),
        NUMBER("a number"),
        FLAG("true or false"),
        LIST("a list"),
        MAP("a map");

        private final String what;

        Type(String what) {
            this.what = what;
        }

        String what() {
            return what;
        }

        boolean holds(Object value) {
            return switch (this) {
                case TEXT -> value instanceof String;
                case WHOLE -> value instanceof Long;
                case NUMBER -> value instanceof Number;
                case FLAG -> value instanceof Boolean;
                case LIST -> value instanceof List<?>;
                case MAP -> value instanceof Map<?, ?>;
            };
        }
    }

    public static Parameter required(Type type) {
        return new Parameter(type, null, "");
    }

    public static Parameter of(Type type, Object fallback) {
        return new Parameter(type, Values.plain(fallback), "");
    }
}
