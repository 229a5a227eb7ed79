package io.dougong.learn;

import io.dougong.models.FeatureSpec;
import io.dougong.models.Task;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a model knows of its inputs: per text column the texts of the training rows, so that neither the order of rows nor later rows
 * matter.
 */
final class Dictionaries {

    private final Dataset dataset;
    private final int[] rows;
    private final double[] targets;

    private Dictionaries(Dataset dataset, int[] rows, double[] targets) {
        this.dataset = dataset;
        this.rows = rows;
        this.targets = targets;
    }

    /** Of two classes. */
    static List<FeatureSpec> of(Dataset dataset, int[] trainRows, Trainer.TextOrder order) {
        return of(dataset, trainRows, order, Task.BINARY);
    }

    static List<FeatureSpec> of(Dataset dataset, int[] trainRows, Trainer.TextOrder order, Task task) {
        Dictionaries dictionaries = new Dictionaries(
                dataset, trainRows, TargetMeans.targets(task, trainRows.length, row -> dataset.target(trainRows[row])));
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
        TargetMeans means = new TargetMeans(texts.size());
        for (int row = 0; row < rows.length; row++) {
            means.add(dataset.value(rows[row], column), targets[row]);
        }
        Comparator<Integer> byName = Comparator.comparing(texts::get);
        return IntStream.range(0, texts.size())
                .filter(code -> means.rows(code) > 0)
                .boxed()
                .sorted(
                        order == Trainer.TextOrder.NAME
                                ? byName
                                : Comparator.comparingDouble(means::of).thenComparing(byName))
                .map(texts::get)
                .toList();
    }
}
