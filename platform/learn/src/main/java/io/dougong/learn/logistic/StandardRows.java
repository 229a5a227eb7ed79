package io.dougong.learn.logistic;

import io.dougong.learn.TrainingTable;

/**
 * A table with every column at mean 0 and variance 1 over its present values; a missing value is the mean, so it says nothing. Columns
 * that never change are all 0.
 */
final class StandardRows implements SparseRows {

    private final TrainingTable table;
    private final float[] row;
    private final double[] means;
    private final double[] scales;

    StandardRows(TrainingTable table) {
        this.table = table;
        this.row = new float[table.names().size()];
        this.means = new double[row.length];
        this.scales = new double[row.length];
        measure();
    }

    /** Two passes, so that the variance of large numbers keeps its digits. */
    private void measure() {
        long[] counts = new long[row.length];
        for (int i = 0; i < table.rows(); i++) {
            table.read(i, row);
            for (int column = 0; column < row.length; column++) {
                if (!Float.isNaN(row[column])) {
                    counts[column]++;
                    means[column] += row[column];
                }
            }
        }
        for (int column = 0; column < row.length; column++) {
            means[column] = counts[column] == 0 ? 0 : means[column] / counts[column];
        }
        spread(counts);
    }

    private void spread(long[] counts) {
        for (int i = 0; i < table.rows(); i++) {
            table.read(i, row);
            for (int column = 0; column < row.length; column++) {
                if (!Float.isNaN(row[column])) {
                    double distance = row[column] - means[column];
                    scales[column] += distance * distance;
                }
            }
        }
        for (int column = 0; column < row.length; column++) {
            scales[column] = counts[column] == 0 ? 0 : StrictMath.sqrt(scales[column] / counts[column]);
        }
    }

    @Override
    public int rows() {
        return table.rows();
    }

    @Override
    public int columns() {
        return row.length;
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
        for (int column = 0; column < row.length; column++) {
            if (!Float.isNaN(row[column]) && scales[column] > 0) {
                places[filled] = column;
                values[filled++] = (row[column] - means[column]) / scales[column];
            }
        }
        return filled;
    }

    double[] means() {
        return means.clone();
    }

    /** The weights of the columns as they were, from those of the standardised ones. */
    double[] unscaled(double[] weights) {
        double[] unscaled = new double[row.length];
        for (int column = 0; column < row.length; column++) {
            unscaled[column] = scales[column] > 0 ? weights[column] / scales[column] : 0;
        }
        return unscaled;
    }
}
