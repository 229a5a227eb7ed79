package io.dougong.learn;

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

    /** @param encoding a column's place and a text of it to the model's number, NaN if the model does not know it */
    static TrainingTable of(Dataset dataset, int[] rows, TextEncoding encoding) {
        int columns = dataset.columns().size();
        float[][] recodings = new float[columns][];
        for (int column = 0; column < columns; column++) {
            List<String> texts = dataset.categories(column);
            recodings[column] = new float[texts.size()];
            for (int code = 0; code < texts.size(); code++) {
                recodings[column][code] = encoding.number(column, texts.get(code));
            }
        }
        return new TrainingTable(
                dataset, rows, dataset.columns().stream().map(Column::name).toList(), recodings);
    }

    /** How a model turns text into a number. */
    @FunctionalInterface
    interface TextEncoding {
        float number(int column, String text);
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

    boolean categorical(int column) {
        return dataset.columns().get(column).categorical();
    }

    @Nullable
    String text(int row, int column) {
        return dataset.text(rows[row], column);
    }
}
