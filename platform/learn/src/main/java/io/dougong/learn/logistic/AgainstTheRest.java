package io.dougong.learn.logistic;

import io.dougong.learn.TrainingTable;

/** The same rows, where one class of several is the positive one and all others are not. */
record AgainstTheRest(SparseRows all, TrainingTable table, int place) implements SparseRows {

    @Override
    public int rows() {
        return all.rows();
    }

    @Override
    public int columns() {
        return all.columns();
    }

    @Override
    public boolean label(int row) {
        return table.target(row) == place;
    }

    @Override
    public int read(int row, int[] places, double[] values) {
        return all.read(row, places, values);
    }
}
