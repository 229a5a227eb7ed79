package io.dougong.models;

/**
 * A function from a row of numbers to margins (log-odds of a classifier, the value of a regression). Immutable and safe to
 * share between threads.
 */
public interface Model {

    /** The id of the {@link ModelFormat} that reads {@link #bytes()} back. */
    String format();

    /** What computes it, as a decision records it: {@code jvm} is exact everywhere, a native runtime names version and CPU. */
    default String runtime() {
        return "jvm";
    }

    /** Numbers in a row. */
    int inputs();

    /** Margins per row: one, or one per class. */
    int outputs();

    /**
     * @param row {@link #inputs()} numbers, NaN where the value is missing
     * @param out receives {@link #outputs()} margins
     */
    void margins(float[] row, double[] out);

    /**
     * The same for many rows; each row gives the same bits as alone.
     *
     * @param rows {@code count} rows one after the other
     * @param out receives {@code count * outputs()} margins
     */
    default void margins(float[] rows, int count, double[] out) {
        float[] row = new float[inputs()];
        double[] margins = new double[outputs()];
        for (int i = 0; i < count; i++) {
            System.arraycopy(rows, i * row.length, row, 0, row.length);
            margins(row, margins);
            System.arraycopy(margins, 0, out, i * margins.length, margins.length);
        }
    }

    /** Whether {@link #contributions} is there. */
    boolean explainable();

    /**
     * What each input adds to the margin compared with the average row.
     *
     * @param out receives, per output, {@code inputs() + 1} numbers: one per input, then the average; they sum to the margin
     * @throws ModelProblem if the model is not {@link #explainable()}
     */
    void contributions(float[] row, double[] out);

    /** What {@link ModelFormat#read} makes an equal model from. */
    byte[] bytes();
}
