package io.dougong.models;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One input of a model.
 *
 * @param categories the dictionary of a categorical feature, in code order; empty for a numeric one
 */
public record FeatureSpec(String name, Kind kind, List<String> categories) {

    /** How raw values become numbers. */
    public enum Kind {
        NUMERIC,
        CATEGORICAL
    }

    public FeatureSpec {
        categories = List.copyOf(categories);
        if (new HashSet<>(categories).size() != categories.size()) {
            throw new ModelProblem.BadInput(
                    "bad-feature-spec", "Feature '" + name + "' lists a category twice: " + categories + ".", "");
        }
    }

    public static FeatureSpec numeric(String name) {
        return new FeatureSpec(name, Kind.NUMERIC, List.of());
    }

    public static FeatureSpec categorical(String name, List<String> categories) {
        return new FeatureSpec(name, Kind.CATEGORICAL, categories);
    }

    /**
     * Builds the dictionary from training values, whatever their order: the most frequent ones (ties by name), sorted by name.
     *
     * @param most size of the dictionary at most
     */
    public static FeatureSpec categorical(String name, Iterable<? extends @Nullable Object> values, int most) {
        Map<String, Long> counts = new TreeMap<>();
        for (Object value : values) {
            if (value != null) {
                counts.merge(value.toString(), 1L, Long::sum);
            }
        }
        return categorical(
                name,
                counts.entrySet().stream()
                        .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                                .thenComparing(Map.Entry.comparingByKey()))
                        .limit(most)
                        .map(Map.Entry::getKey)
                        .sorted()
                        .toList());
    }
}
