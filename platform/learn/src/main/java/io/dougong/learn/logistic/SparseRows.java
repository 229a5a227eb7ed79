package io.dougong.learn.logistic;

/** Rows of mostly zeros with a binary label. */
interface SparseRows {

    int rows();

    int columns();

    boolean label(int row);

    /** How much the row counts. */
    default double weight(int row) {
        return 1;
    }

    /**
     * @param places receives the columns that are not zero, each once
     * @param values receives their values
     * @return how many there are
     */
    int read(int row, int[] places, double[] values);
}
