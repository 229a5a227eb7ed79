package io.dougong.learn.xgboost;

import io.dougong.learn.TrainingTable;
import java.util.Iterator;
import java.util.NoSuchElementException;
import ml.dmlc.xgboost4j.LabeledPoint;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** The rows of a table as the native library wants them, made one at a time. */
final class TableRows implements Iterator<LabeledPoint> {

    private final TrainingTable table;
    private int next;

    /** The table in native memory; whoever takes it disposes of it. */
    static DMatrix matrix(TrainingTable table) throws XGBoostError {
        DMatrix matrix = new DMatrix(new TableRows(table), null, Float.NaN);
        if (table.weighted()) {
            float[] weights = new float[table.rows()];
            for (int row = 0; row < weights.length; row++) {
                weights[row] = (float) table.weight(row);
            }
            matrix.setWeight(weights);
        }
        return matrix;
    }

    private TableRows(TrainingTable table) {
        this.table = table;
    }

    @Override
    public boolean hasNext() {
        return next < table.rows();
    }

    @Override
    public LabeledPoint next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        float[] values = new float[table.names().size()];
        table.read(next, values);
        float label = table.target(next);
        next++;
        return new LabeledPoint(label, values.length, null, values);
    }
}
