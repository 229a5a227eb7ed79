package io.dougong.learn;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The texts that a model knows: per text column those of the training rows, sorted, so that neither order nor later rows matter. */
final class Dictionaries {

    private Dictionaries() {}

    /** One per column; empty for a number column. */
    static List<List<String>> of(Dataset dataset, int[] trainRows) {
        List<List<String>> all = new ArrayList<>();
        for (int column = 0; column < dataset.columns().size(); column++) {
            all.add(dataset.columns().get(column).categorical() ? texts(dataset, trainRows, column) : List.of());
        }
        return all;
    }

    private static List<String> texts(Dataset dataset, int[] trainRows, int column) {
        boolean[] seen = new boolean[dataset.categories(column).size()];
        for (int row : trainRows) {
            float code = dataset.value(row, column);
            if (!Float.isNaN(code)) {
                seen[(int) code] = true;
            }
        }
        return IntStream.range(0, seen.length)
                .filter(code -> seen[code])
                .mapToObj(dataset.categories(column)::get)
                .sorted()
                .toList();
    }
}
