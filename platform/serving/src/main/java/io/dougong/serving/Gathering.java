package io.dougong.serving;

import io.dougong.decisions.FeatureValue;
import io.dougong.features.FeatureQuery;
import io.dougong.features.FeatureStore;
import io.dougong.features.FeatureVector;
import io.dougong.kernel.Row;
import io.dougong.kernel.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the values that the models of a decision read: fields of the question, and features as of its time. */
public final class Gathering {

    private final FeatureStore store;
    private final @Nullable FeatureQuery query;
    private final List<String> names;
    private final int[] rowPlaces;

    /** Values and the state of the store they were read from. */
    record Gathered(List<FeatureValue> values, @Nullable FeatureVector seen) {}

    /**
     * @param asking schema of the question's row, derived fields included
     * @param wanted names of all values, each once: fields of the row as they are, features of views with a dot
     */
    public Gathering(FeatureStore store, Schema asking, Collection<String> wanted) {
        this.store = store;
        Set<String> distinct = new LinkedHashSet<>(wanted);
        List<String> fields = distinct.stream().filter(asking::has).toList();
        List<String> features =
                distinct.stream().filter(name -> !asking.has(name)).toList();
        this.names = new ArrayList<>(fields);
        names.addAll(features);
        this.rowPlaces = fields.stream().mapToInt(asking::place).toArray();
        this.query = features.isEmpty() ? null : store.definitions().query(features, asking);
    }

    /** In the order of the values gathered. */
    public List<String> names() {
        return List.copyOf(names);
    }

    Gathered gather(Row asking, long atMicros) {
        FeatureVector seen = query == null ? null : store.read(query, asking, atMicros);
        FeatureValue[] values = new FeatureValue[names.size()];
        for (int i = 0; i < rowPlaces.length; i++) {
            values[i] = FeatureValue.asked(names.get(i), asking.get(rowPlaces[i]));
        }
        if (seen != null) {
            fill(values, seen);
        }
        return new Gathered(Arrays.asList(values), seen);
    }

    private void fill(FeatureValue[] values, FeatureVector seen) {
        double[] numbers = seen.values();
        long[] ages = seen.ageMicros();
        for (int i = 0; i < numbers.length; i++) {
            int place = rowPlaces.length + i;
            values[place] = new FeatureValue(names.get(place), missingIfNaN(numbers[i]), ages[i]);
        }
    }

    private static @Nullable Object missingIfNaN(double number) {
        return Double.isNaN(number) ? null : (Object) number;
    }
}
