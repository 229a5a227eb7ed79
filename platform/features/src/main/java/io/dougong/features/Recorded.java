package io.dougong.features;

import io.dougong.kernel.Offsets;
import io.dougong.kernel.Row;
import java.util.List;

/**
 * Feature values as somebody recorded them.
 *
 * @param id to find the record again, e.g. a decision's id
 * @param read the events the values had seen
 * @param values in the order of the query's names, NaN if missing
 */
public record Recorded(String id, Offsets read, Row asking, long atMicros, List<Double> values) {

    public Recorded {
        values = List.copyOf(values);
    }
}
