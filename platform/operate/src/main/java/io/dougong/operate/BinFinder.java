package io.dougong.operate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@link Bins#place}, made for the path of decisions: the same bins without boxes and scans. */
final class BinFinder {

    private final float[] edges;
    private final Map<String, Integer> categories = new HashMap<>();
    private final Bins bins;

    BinFinder(Bins bins) {
        this.bins = bins;
        this.edges = new float[bins.edges().size()];
        for (int i = 0; i < edges.length; i++) {
            edges[i] = bins.edges().get(i).floatValue();
        }
        List<String> known = bins.categories();
        for (int i = 0; i < known.size(); i++) {
            categories.put(known.get(i), i);
        }
    }

    int place(@Nullable Object value) {
        if (value == null) {
            return bins.missing();
        }
        if (bins.ofText()) {
            return categories.getOrDefault(value.toString(), bins.unseen());
        }
        return value instanceof Number number ? place(number.floatValue()) : bins.place(value);
    }

    private int place(float value) {
        if (Float.isNaN(value)) {
            return bins.missing();
        }
        int low = 0;
        int high = edges.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (edges[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
