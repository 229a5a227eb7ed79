package io.dougong.learn;

import io.dougong.models.FeatureEncoder;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Data sets made by hand. */
public final class Tables {

    private static final Dataset.Counts NOTHING_COUNTED = new Dataset.Counts(0, 0, 0, 0, 0, 0);

    private Tables() {}

    /** Row i asked at i seconds, its label known {@code delaySeconds} later. */
    public static Dataset dataset(List<Column> columns, Object[][] values, boolean[] labels, long delaySeconds) {
        DatasetWriter writer = new DatasetWriter(columns, false, Integer.MAX_VALUE);
        for (int i = 0; i < values.length; i++) {
            @Nullable Object[] row = values[i];
            writer.label(writer.add(i * 1_000_000L, "k" + i, row), labels[i], (i + delaySeconds) * 1_000_000L);
        }
        return writer.finish(NOTHING_COUNTED, Map.of());
    }

    /** All rows; text by the place of its value in the sorted dictionary. */
    public static TrainingTable table(Dataset dataset) {
        int[] all = IntStream.range(0, dataset.rows()).toArray();
        return TrainingTable.of(
                dataset, all, new FeatureEncoder(Dictionaries.of(dataset, all, Trainer.TextOrder.NAME)));
    }

    /** Uniform columns {@code x0, x1, …}, a twentieth missing; the positive class is likelier where x0 is large. */
    public static TrainingTable noisy(int rows, int columns, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Object[][] values = new Object[rows][columns];
        boolean[] labels = new boolean[rows];
        for (int i = 0; i < rows; i++) {
            double[] x = random.doubles(columns).toArray();
            labels[i] = x[0] + 0.5 * random.nextGaussian() > 0.5;
            for (int j = 0; j < columns; j++) {
                values[i][j] = random.nextInt(20) == 0 ? Double.NaN : x[j];
            }
        }
        return table(dataset(numbers(columns), values, labels, 1));
    }

    public static List<Column> numbers(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Column("x" + i, false))
                .toList();
    }
}
