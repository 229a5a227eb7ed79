package io.dougong.models;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Gradient-boosted trees as XGBoost 3.x writes them, scored in the JVM: margins have the very bits of XGBoost's CPU predictor
 * ({@code Booster.predict(..., outputMargin=true)}); contributions are exact path-dependent TreeSHAP values ({@link TreeShap}).
 */
public final class TreeEnsemble implements Model {

    /** Format id of {@link #read}: XGBoost's JSON or UBJSON. */
    public static final String FORMAT = "xgboost";

    private static final int BLOCK = 64;

    private final byte[] bytes;
    private final Task task;
    private final float[] base;
    private final RowKeys keys;
    private final ForestLayout[] layouts;
    private final TreeShap[] explainers;
    private final int trees;

    private TreeEnsemble(byte[] bytes, XgboostReader.Forest forest) {
        this.bytes = bytes;
        this.task = forest.task();
        this.base = forest.base();
        this.keys = new RowKeys(forest.inputs());
        this.layouts = new ForestLayout[base.length];
        this.explainers = new TreeShap[base.length];
        this.trees = forest.trees().size();
        for (int output = 0; output < base.length; output++) {
            int group = output;
            List<Tree> own = forest.trees().stream()
                    .filter(tree -> tree.group() == group)
                    .toList();
            layouts[output] = new ForestLayout(own, keys);
            explainers[output] = new TreeShap(own, keys, base[output]);
        }
    }

    /** @throws ModelProblem if the bytes are not a tree booster of XGBoost 3.x, or one with native categories or vector leaves */
    public static TreeEnsemble read(byte[] bytes) {
        return new TreeEnsemble(bytes.clone(), XgboostReader.read(bytes));
    }

    public Task task() {
        return task;
    }

    /** Number of trees over all outputs. */
    public int trees() {
        return trees;
    }

    @Override
    public String format() {
        return FORMAT;
    }

    @Override
    public int inputs() {
        return (keys.size() - 1) / 2;
    }

    @Override
    public int outputs() {
        return base.length;
    }

    /** Working memory for one thread at a time, so that scoring and explaining allocate nothing. */
    public final class Scratch {
        private final long[] keys = new long[TreeEnsemble.this.keys.size()];
        private final ShapTree.Scratch work = new ShapTree.Scratch(IntStream.range(0, outputs())
                .map(output -> explainers[output].nodes())
                .max()
                .orElse(0));

        private Scratch() {}
    }

    public Scratch scratch() {
        return new Scratch();
    }

    @Override
    public void margins(float[] row, double[] out) {
        score(row, new long[keys.size()], out);
    }

    /** {@link #margins(float[], double[])} without allocation. */
    public void margins(float[] row, double[] out, Scratch scratch) {
        score(row, scratch.keys, out);
    }

    private void score(float[] row, long[] rowKeys, double[] out) {
        checkLength(row.length, 1);
        keys.fill(row, 0, rowKeys, 0);
        for (int output = 0; output < base.length; output++) {
            ForestLayout layout = layouts[output];
            float sum = base[output];
            for (int group = 0; group < layout.groups(); group++) {
                sum = layout.walk(group, rowKeys, 0, sum);
            }
            out[output] = sum;
        }
    }

    /** Walks a block of rows through one group of trees before it takes the next, so that the group stays in the L1 cache. */
    @Override
    public void margins(float[] rows, int count, double[] out) {
        checkLength(rows.length, count);
        int width = keys.size();
        long[] blockKeys = new long[Math.min(count, BLOCK) * width];
        float[] sums = new float[Math.min(count, BLOCK)];
        for (int first = 0; first < count; first += BLOCK) {
            int size = Math.min(BLOCK, count - first);
            for (int i = 0; i < size; i++) {
                keys.fill(rows, (first + i) * inputs(), blockKeys, i * width);
            }
            for (int output = 0; output < base.length; output++) {
                scoreBlock(output, size, blockKeys, sums);
                for (int i = 0; i < size; i++) {
                    out[(first + i) * base.length + output] = sums[i];
                }
            }
        }
    }

    private void scoreBlock(int output, int size, long[] blockKeys, float[] sums) {
        ForestLayout layout = layouts[output];
        int width = keys.size();
        java.util.Arrays.fill(sums, 0, size, base[output]);
        for (int group = 0; group < layout.groups(); group++) {
            for (int i = 0; i < size; i++) {
                sums[i] = layout.walk(group, blockKeys, i * width, sums[i]);
            }
        }
    }

    @Override
    public boolean explainable() {
        return true;
    }

    @Override
    public void contributions(float[] row, double[] out) {
        contributions(row, out, scratch());
    }

    /** {@link #contributions(float[], double[])} without allocation. */
    public void contributions(float[] row, double[] out, Scratch scratch) {
        checkLength(row.length, 1);
        keys.fill(row, 0, scratch.keys, 0);
        for (int output = 0; output < base.length; output++) {
            explainers[output].contributions(scratch.keys, scratch.work, out, output * (inputs() + 1));
        }
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    private void checkLength(int length, int rows) {
        if (length != rows * inputs()) {
            throw new ModelProblem.BadInput(
                    "bad-row-length",
                    length + " numbers are not " + rows + " row(s) of " + inputs() + ".",
                    "Encode the row with the model's own feature encoder.");
        }
    }
}
