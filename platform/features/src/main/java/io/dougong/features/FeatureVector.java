package io.dougong.features;

import io.dougong.kernel.Offsets;
import io.dougong.kernel.StreamPartition;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The values of a query at a time, and exactly the events they have seen. The arrays belong to the caller.
 */
public final class FeatureVector {

    /** The age of a value that no event went into. */
    public static final long NO_AGE = -1;

    private final double[] values;
    private final long[] ageMicros;
    private final List<List<StreamPartition>> partitions;
    private final long[][] next;

    FeatureVector(double[] values, long[] ageMicros, List<List<StreamPartition>> partitions, long[][] next) {
        this.values = values;
        this.ageMicros = ageMicros;
        this.partitions = partitions;
        this.next = next;
    }

    /** In the order of the query's names; NaN is missing. */
    public double[] values() {
        return values;
    }

    public double value(int place) {
        return values[place];
    }

    /** For each value, from the last event that went into it to the time asked for, or {@link #NO_AGE}. */
    public long[] ageMicros() {
        return ageMicros;
    }

    /**
     * What had been applied of the streams that the query's views are about. While a new view is still catching up, the least that
     * any view has seen.
     */
    public Offsets offsets() {
        SortedMap<StreamPartition, Long> least = new TreeMap<>();
        for (int view = 0; view < next.length; view++) {
            int met = Math.min(next[view].length, partitions.get(view).size());
            for (int i = 0; i < met; i++) {
                least.merge(partitions.get(view).get(i), next[view][i], Math::min);
            }
        }
        least.values().removeIf(offset -> offset == 0);
        return new Offsets(least);
    }
}
