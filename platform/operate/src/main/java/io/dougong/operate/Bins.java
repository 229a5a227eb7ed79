package io.dougong.operate;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the values of one feature are counted: a number falls between two edges, a text is one of the categories. Then come one bin for
 * texts not seen in training, and one for missing values. Numbers are compared as floats, as training data holds them.
 *
 * @param edges ascending; bin {@code i} holds the values above {@code edges[i - 1]} up to and including {@code edges[i]}
 * @param categories of a text feature; empty for a number
 */
public record Bins(List<Double> edges, List<String> categories) {

    public Bins {
        edges = List.copyOf(edges);
        categories = List.copyOf(categories);
    }

    /**
     * Bins of about equal counts; every value has its own bin if there are few.
     *
     * @param sorted ascending, without NaN
     * @param most bins for values
     */
    public static Bins numeric(float[] sorted, int most) {
        float[] distinct = distinct(sorted, most);
        if (distinct.length <= most) {
            return new Bins(edges(Arrays.copyOf(distinct, Math.max(0, distinct.length - 1))), List.of());
        }
        float[] quantiles = new float[most - 1];
        for (int i = 1; i < most; i++) {
            quantiles[i - 1] = sorted[(int) ((long) i * sorted.length / most)];
        }
        return new Bins(edges(quantiles), List.of());
    }

    /** Up to {@code most + 1} distinct values. */
    private static float[] distinct(float[] sorted, int most) {
        float[] found = new float[most + 1];
        int size = 0;
        for (int i = 0; i < sorted.length && size <= most; i++) {
            if (size == 0 || sorted[i] != found[size - 1]) {
                found[size++] = sorted[i];
            }
        }
        return Arrays.copyOf(found, size);
    }

    private static List<Double> edges(float[] values) {
        return java.util.stream.IntStream.range(0, values.length)
                .mapToObj(i -> (double) values[i])
                .distinct()
                .toList();
    }

    public static Bins categorical(List<String> categories) {
        return new Bins(List.of(), categories);
    }

    public boolean ofText() {
        return !categories.isEmpty();
    }

    /** Number of bins, those for unseen and missing values included. */
    public int size() {
        return values() + 2;
    }

    /** Number of bins for values seen in training. */
    public int values() {
        return ofText() ? categories.size() : edges.size() + 1;
    }

    int unseen() {
        return values();
    }

    int missing() {
        return values() + 1;
    }

    /** The bin of a value. */
    public int place(@Nullable Object value) {
        return switch (value) {
            case null -> missing();
            case Number number -> ofText() ? place(number.toString()) : place(number.floatValue());
            case Boolean flag -> ofText() ? place(flag.toString()) : place(flag ? 1f : 0f);
            default -> place(value.toString());
        };
    }

    private int place(String text) {
        int found = categories.indexOf(text);
        return found < 0 ? unseen() : found;
    }

    private int place(float value) {
        if (Float.isNaN(value)) {
            return missing();
        }
        int low = 0;
        int high = edges.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (edges.get(middle) < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
