package io.dougong.learn.logistic;

import io.dougong.learn.TrainingTable;
import io.dougong.models.AdditiveModel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A table of numbers and text as inputs of a linear model: a number at mean 0 and variance 1, one input per frequent value of a text, and
 * one that says that a value is missing where that occurs. Rare values have no input, so they count as the average.
 */
final class OneHotRows implements SparseRows {

    private static final int MOST_VALUES = 60;
    private static final int FEWEST_ROWS = 5;
    private static final int NONE = -1;

    private final TrainingTable table;
    private final float[] row;
    private final long[] missing;
    private final double[] means;
    private final double[] scales;
    /** Per text feature the input of each code, or {@link #NONE}; empty for a number. */
    private final int[][] inputs;
    /** Per feature its own input (of a number), and the one of missing values. */
    private final int[] numbers;

    private final int[] absent;
    private int columns;

    OneHotRows(TrainingTable table) {
        this.table = table;
        int features = table.names().size();
        this.row = new float[features];
        this.missing = new long[features];
        this.means = new double[features];
        this.scales = new double[features];
        this.inputs = new int[features][];
        this.numbers = new int[features];
        this.absent = new int[features];
        measure();
        for (int feature = 0; feature < features; feature++) {
            place(feature);
        }
    }

    /** Whether the table holds text or missing values. */
    static boolean needed(TrainingTable table) {
        int features = table.names().size();
        if (IntStream.range(0, features).anyMatch(table::categorical)) {
            return true;
        }
        float[] row = new float[features];
        for (int i = 0; i < table.rows(); i++) {
            table.read(i, row);
            for (float value : row) {
                if (Float.isNaN(value)) {
                    return true;
                }
            }
        }
        return false;
    }

    private void measure() {
        for (int i = 0; i < table.rows(); i++) {
            table.read(i, row);
            for (int feature = 0; feature < row.length; feature++) {
                missing[feature] += Float.isNaN(row[feature]) ? 1 : 0;
                means[feature] += Float.isNaN(row[feature]) ? 0 : row[feature];
            }
        }
        for (int feature = 0; feature < row.length; feature++) {
            means[feature] /= Math.max(1, present(feature));
        }
        for (int i = 0; i < table.rows(); i++) {
            table.read(i, row);
            for (int feature = 0; feature < row.length; feature++) {
                double distance = Float.isNaN(row[feature]) ? 0 : row[feature] - means[feature];
                scales[feature] += distance * distance;
            }
        }
        for (int feature = 0; feature < row.length; feature++) {
            scales[feature] = StrictMath.sqrt(scales[feature] / Math.max(1, present(feature)));
        }
    }

    private long present(int feature) {
        return table.rows() - missing[feature];
    }

    private void place(int feature) {
        numbers[feature] = NONE;
        inputs[feature] = new int[0];
        if (table.categorical(feature)) {
            inputs[feature] = values(feature);
        } else if (scales[feature] > 0) {
            numbers[feature] = columns++;
        }
        absent[feature] = missing[feature] >= FEWEST_ROWS ? columns++ : NONE;
    }

    /** Inputs of the most frequent codes; of equally frequent ones the lower code. */
    private int[] values(int feature) {
        long[] counts = counts(feature);
        int[] places = new int[counts.length];
        java.util.Arrays.fill(places, NONE);
        IntStream.range(0, counts.length)
                .filter(code -> counts[code] >= FEWEST_ROWS)
                .boxed()
                .sorted((a, b) -> counts[a] != counts[b] ? Long.compare(counts[b], counts[a]) : a - b)
                .limit(MOST_VALUES)
                .sorted()
                .forEach(code -> places[code] = columns++);
        return places;
    }

    private long[] counts(int feature) {
        long[] counts = new long[16];
        int most = 0;
        for (int i = 0; i < table.rows(); i++) {
            table.read(i, row);
            if (!Float.isNaN(row[feature])) {
                int code = (int) row[feature];
                if (code >= counts.length) {
                    counts = java.util.Arrays.copyOf(counts, 2 * code);
                }
                counts[code]++;
                most = Math.max(most, code + 1);
            }
        }
        return java.util.Arrays.copyOf(counts, most);
    }

    @Override
    public int rows() {
        return table.rows();
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public boolean label(int i) {
        return table.label(i);
    }

    @Override
    public double weight(int i) {
        return table.weight(i);
    }

    @Override
    public int read(int i, int[] places, double[] values) {
        table.read(i, row);
        int filled = 0;
        for (int feature = 0; feature < row.length; feature++) {
            int place = input(feature);
            if (place != NONE) {
                places[filled] = place;
                values[filled++] = place == numbers[feature] ? (row[feature] - means[feature]) / scales[feature] : 1;
            }
        }
        return filled;
    }

    /** The one input that the feature's value in the current row fills, or {@link #NONE}. */
    private int input(int feature) {
        if (Float.isNaN(row[feature])) {
            return absent[feature];
        }
        return table.categorical(feature) ? inputs[feature][(int) row[feature]] : numbers[feature];
    }

    /** The model that the inputs' weights make, with terms that average to nothing over these rows. */
    AdditiveModel model(double[] weights) {
        double intercept = weights[columns];
        List<AdditiveModel.Term> terms = new ArrayList<>();
        for (int feature = 0; feature < row.length; feature++) {
            boolean flat = numbers[feature] == NONE && !table.categorical(feature);
            double average = flat ? 0 : average(feature, weights);
            intercept += average;
            terms.add(term(feature, weights, average));
        }
        return new AdditiveModel(terms, intercept);
    }

    private double average(int feature, double[] weights) {
        double sum = missing[feature] * weight(weights, absent[feature]);
        if (table.categorical(feature)) {
            long[] counts = counts(feature);
            for (int code = 0; code < counts.length; code++) {
                sum += counts[code] * weight(weights, inputs[feature][code]);
            }
        }
        return sum / Math.max(1, table.rows());
    }

    private AdditiveModel.Term term(int feature, double[] weights, double average) {
        double[] entries = new double[inputs[feature].length];
        for (int code = 0; code < entries.length; code++) {
            entries[code] = weight(weights, inputs[feature][code]) - average;
        }
        double gap = absent[feature] == NONE ? 0 : weight(weights, absent[feature]) - average;
        if (table.categorical(feature)) {
            return new AdditiveModel.Term(0, 0, entries, gap);
        }
        double slope = numbers[feature] == NONE ? 0 : weights[numbers[feature]] / scales[feature];
        double centre = slope == 0 ? 0 : means[feature] + average / slope;
        return new AdditiveModel.Term(slope, centre, entries, gap);
    }

    private static double weight(double[] weights, int place) {
        return place == NONE ? 0 : weights[place];
    }
}
