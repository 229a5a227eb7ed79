package io.dougong.learn;

import io.dougong.models.FeatureSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a model knows of its inputs: per text column the texts of the training rows, so that neither the order of rows nor later rows
 * matter.
 */
final class Dictionaries {

    /** Rows of average share that are added to each text before shares are compared. */
    private static final double PRIOR_ROWS = 20;

    private final Dataset dataset;
    private final int[] rows;

    private Dictionaries(Dataset dataset, int[] rows) {
        this.dataset = dataset;
        this.rows = rows;
    }

    static List<FeatureSpec> of(Dataset dataset, int[] trainRows, Trainer.TextOrder order) {
        Dictionaries dictionaries = new Dictionaries(dataset, trainRows);
        List<FeatureSpec> specs = new ArrayList<>();
        for (int column = 0; column < dataset.columns().size(); column++) {
            Column each = dataset.columns().get(column);
            specs.add(
                    each.categorical()
                            ? FeatureSpec.categorical(each.name(), dictionaries.texts(column, order))
                            : FeatureSpec.numeric(each.name()));
        }
        return specs;
    }

    private List<String> texts(int column, Trainer.TextOrder order) {
        List<String> texts = dataset.categories(column);
        long[] all = new long[texts.size()];
        long[] positives = new long[texts.size()];
        for (int row : rows) {
            float code = dataset.value(row, column);
            if (!Float.isNaN(code)) {
                all[(int) code]++;
                positives[(int) code] += dataset.label(row) ? 1 : 0;
            }
        }
        Comparator<Integer> byName = Comparator.comparing(texts::get);
        return IntStream.range(0, texts.size())
                .filter(code -> all[code] > 0)
                .boxed()
                .sorted(
                        order == Trainer.TextOrder.NAME
                                ? byName
                                : byShare(all, positives).thenComparing(byName))
                .map(texts::get)
                .toList();
    }

    private static Comparator<Integer> byShare(long[] all, long[] positives) {
        double average = (double) Arrays.stream(positives).sum()
                / Math.max(1, Arrays.stream(all).sum());
        return Comparator.comparingDouble(code -> (positives[code] + PRIOR_ROWS * average) / (all[code] + PRIOR_ROWS));
    }
}
