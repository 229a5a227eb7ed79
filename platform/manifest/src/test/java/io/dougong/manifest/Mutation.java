package io.dougong.manifest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * One small change somewhere in a plain document.
 *
 * @param place which of its values, counted in order and taken modulo their number
 */
record Mutation(int place, Kind kind, Object value) {

    enum Kind {
        REPLACE,
        REMOVE,
        RENAME,
        ADD,
        REPEAT
    }

    static Arbitrary<Mutation> any() {
        Arbitrary<Object> values = Arbitraries.of(
                "",
                "10m",
                "0s",
                "id",
                "count",
                "integer",
                "10GiB",
                "card_payments.*",
                "10m\n",
                "A",
                "ä b",
                "true",
                0L,
                1L,
                -1L,
                7L,
                99_999L,
                Long.MAX_VALUE,
                0.0,
                1.0,
                0.5,
                2.5,
                -0.25,
                1e17,
                true,
                false,
                List.of(),
                List.of("id"),
                List.of("amount", "limit"),
                Map.of(),
                Map.of("mean", "amount"),
                Map.of("BLOCK", 0.5));
        return Combinators.combine(Arbitraries.integers().between(0, 100_000), Arbitraries.of(Kind.class), values)
                .as(Mutation::new);
    }

    Object apply(Object document) {
        Object copy = copy(document);
        List<Runnable> changes = new ArrayList<>();
        collect(copy, changes);
        changes.get(place % changes.size()).run();
        return copy;
    }

    static Object copy(Object plain) {
        return switch (plain) {
            case Map<?, ?> map -> {
                Map<String, Object> copy = new LinkedHashMap<>();
                map.forEach((key, value) -> copy.put(key.toString(), copy(value)));
                yield copy;
            }
            case List<?> list -> {
                List<Object> copy = new ArrayList<>();
                list.forEach(item -> copy.add(copy(item)));
                yield copy;
            }
            default -> plain;
        };
    }

    @SuppressWarnings("unchecked")
    private void collect(Object plain, List<Runnable> changes) {
        if (plain instanceof Map<?, ?> map) {
            for (Object key : List.copyOf(map.keySet())) {
                changes.add(() -> change((Map<String, Object>) map, key.toString()));
                collect(Objects.requireNonNull(map.get(key)), changes);
            }
        } else if (plain instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                int at = i;
                changes.add(() -> change((List<Object>) list, at));
                collect(list.get(i), changes);
            }
        }
    }

    private void change(Map<String, Object> map, String key) {
        switch (kind) {
            case REPLACE -> map.put(key, value);
            case REMOVE -> map.remove(key);
            case RENAME -> map.put(key + "x", map.remove(key));
            case ADD, REPEAT -> map.put(key + "_more", value);
        }
    }

    private void change(List<Object> list, int at) {
        switch (kind) {
            case REPLACE, RENAME -> list.set(at, value);
            case REMOVE -> list.remove(at);
            case ADD -> list.add(at, value);
            case REPEAT -> list.add(list.get(at));
        }
    }
}
