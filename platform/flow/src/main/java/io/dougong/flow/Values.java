package io.dougong.flow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.dougong.kernel.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values that steps exchange: texts, whole numbers ({@code Long}), numbers ({@code Double}), booleans, null, lists and maps of these. */
final class Values {

    private static final int MAX_DEPTH = 32;
    private static final ObjectWriter ORDERED =
            Json.mapper().writer().without(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    private Values() {}

    /** The value with every number as Long or Double and every collection as an unmodifiable list or map. */
    static @Nullable Object plain(@Nullable Object value) {
        return plain(value, 0);
    }

    private static @Nullable Object plain(@Nullable Object value, int depth) {
        if (depth > MAX_DEPTH) {
            throw FlowProblem.unusableValue("A value nested deeper than " + MAX_DEPTH, "Maybe it contains itself?");
        }
        return switch (value) {
            case null -> null;
            case String _, Boolean _, Long _, Double _ -> value;
            case Integer _, Short _, Byte _ -> ((Number) value).longValue();
            case Float number -> number.doubleValue();
            case BigInteger number ->
                number.bitLength() < Long.SIZE ? (Object) number.longValue() : number.doubleValue();
            case BigDecimal number -> number.doubleValue();
            case Map<?, ?> map -> map(map, depth);
            case Collection<?> list -> list(list, depth);
            case JsonNode node -> of(node);
            default ->
                throw FlowProblem.unusableValue(
                        "A value of the Java type " + value.getClass().getName(),
                        "Use texts, numbers, booleans, lists and maps.");
        };
    }

    static Map<String, Object> plainMap(Map<String, ?> map) {
        return map(map, 0);
    }

    private static Map<String, Object> map(Map<?, ?> map, int depth) {
        Map<String, Object> plain = new LinkedHashMap<>();
        map.forEach((key, value) -> plain.put(String.valueOf(key), plain(value, depth + 1)));
        return Collections.unmodifiableMap(plain);
    }

    private static List<Object> list(Collection<?> list, int depth) {
        List<Object> plain = new ArrayList<>(list.size());
        list.forEach(item -> plain.add(plain(item, depth + 1)));
        return Collections.unmodifiableList(plain);
    }

    /** Compact JSON that keeps the order of maps: steps follow each other as they are written. */
    static String json(Object value) {
        try {
            return ORDERED.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new java.io.UncheckedIOException(impossible);
        }
    }

    static @Nullable Object of(JsonNode json) {
        return plain(Json.mapper().convertValue(json, Object.class));
    }

    static Map<String, Object> mapOf(JsonNode json) {
        return of(json) instanceof Map<?, ?> map ? map(map, 0) : Map.of();
    }
}
