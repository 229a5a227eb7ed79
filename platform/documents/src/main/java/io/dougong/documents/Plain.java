package io.dougong.documents;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Documents of plain maps, lists and scalars: keys in their written order, absent values left out, whole numbers without a point. */
public final class Plain {

    private static final double EXACT_WHOLE = 1e15;

    private Plain() {}

    /** The number as it is written: 7 rather than 7.0. */
    public static Object number(double value) {
        boolean whole = value == StrictMath.rint(value) && StrictMath.abs(value) < EXACT_WHOLE;
        return whole ? (Object) (long) value : (Object) value;
    }

    public static @Nullable Object numberOrNothing(@Nullable Double value) {
        return value == null ? null : number(value);
    }

    /** A map of alternating keys and values; a null value leaves its key out. */
    public static Map<String, Object> map(@Nullable Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            Object value = keysAndValues[i + 1];
            if (value != null) {
                map.put(String.valueOf(keysAndValues[i]), value);
            }
        }
        return map;
    }

    /** The node's plain value, without positions. */
    public static @Nullable Object of(Node node) {
        return switch (node) {
            case Node.Value value -> value.value();
            case Node.Items items -> items(items);
            case Node.Entries entries -> entries(entries);
        };
    }

    private static List<@Nullable Object> items(Node.Items items) {
        List<@Nullable Object> list = new ArrayList<>();
        items.items().forEach(item -> list.add(of(item)));
        return list;
    }

    private static Map<String, @Nullable Object> entries(Node.Entries entries) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        entries.entries().forEach((key, entry) -> map.put(key, of(entry.node())));
        return map;
    }
}
