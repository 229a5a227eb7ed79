package io.dougong.learn;

import io.dougong.models.FeatureEncoder;
import io.dougong.models.FeatureSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Some rows of a data set as a model sees them: every feature a float, text by the model's dictionary, missing NaN. */
public final class TrainingTable {

    private final Dataset dataset;
    private final int[] rows;
    private final List<String> names;
    private final float[][] recodings;

    /**
     * @param rows of the data set, in the order in which they are served
     * @param recodings per text column the model's number for each of the data set's codes; empty for a number column
     */
    private TrainingTable(Dataset dataset, int[] rows, List<String> names, float[][] recodings) {
        this.dataset = dataset;
        this.rows = rows;
        this.names = names;
        this.recodings = recodings;
    }

    /** @param encoder of the model, one spec per column of the data set */
    static TrainingTable of(Dataset dataset, int[] rows, FeatureEncoder encoder) {
        List<FeatureSpec> specs = encoder.specs();
        float[][] recodings = new float[specs.size()][];
        for (int column = 0; column < recodings.length; column++) {
            recodings[column] = recoding(dataset.categories(column), specs.get(column));
        }
        return new TrainingTable(
                dataset, rows, specs.stream().map(FeatureSpec::name).toList(), recodings);
    }

    /** The data set's codes as the encoder would code their texts: those it does not know are missing. */
    private static float[] recoding(List<String> texts, FeatureSpec spec) {
        FeatureEncoder alone = new FeatureEncoder(List.of(spec));
        float[] recoding = new float[texts.size()];
        for (int code = 0; code < recoding.length; code++) {
            recoding[code] = alone.encode(List.of(texts.get(code))).row()[0];
        }
        return recoding;
    }

    /** Other rows of the same data set, encoded the same. */
    TrainingTable of(int[] others) {
        return new TrainingTable(dataset, others, names, recodings);
    }

    public List<String> names() {
        return names;
    }

    public int rows() {
        return rows.length;
    }

    public boolean label(int row) {
        return dataset.label(rows[row]);
    }

    /** Copies a row's features. */
    public void read(int row, float[] into) {
        for (int column = 0; column < into.length; column++) {
            float value = dataset.value(rows[row], column);
            float[] recoding = recodings[column];
            into[column] = recoding.length == 0 || Float.isNaN(value) ? value : recoding[(int) value];
        }
    }

    long askedMicros(int row) {
        return dataset.askedMicros(rows[row]);
    }

    long knownMicros(int row) {
        return dataset.knownMicros(rows[row]);
    }

    /** Whether the column is text, its numbers codes. */
    public boolean categorical(int column) {
        return dataset.columns().get(column).categorical();
    }

    @Nullable
    String text(int row, int column) {
        return dataset.text(rows[row], column);
    }
}
