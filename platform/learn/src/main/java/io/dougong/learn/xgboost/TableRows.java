package io.dougong.learn.xgboost;

import io.dougong.learn.TrainingTable;
import java.util.Iterator;
import java.util.NoSuchElementException;
import ml.dmlc.xgboost4j.LabeledPoint;

/** The rows of a table as the native library wants them, made one at a time. */
final class TableRows implements Iterator<LabeledPoint> {

    private final TrainingTable table;
    private int next;

    TableRows(TrainingTable table) {
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
