package io.dougong.learn.xgboost;

import io.dougong.learn.Folds;
import io.dougong.learn.TrainingTable;
import java.util.ArrayList;
import java.util.List;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** Per fold, in native memory, the rows outside of it to train on and those inside to measure on. */
final class FoldMatrices implements AutoCloseable {

    /** @param places of the inner rows in the table */
    record Fold(DMatrix outside, DMatrix inside, int[] places) {}

    private final List<Fold> folds = new ArrayList<>();
    private final int rows;

    private FoldMatrices(int rows) {
        this.rows = rows;
    }

    static FoldMatrices of(TrainingTable table, Folds folds) throws XGBoostError {
        FoldMatrices matrices = new FoldMatrices(table.rows());
        for (int fold = 0; fold < folds.count(); fold++) {
            TrainingTable outside = table.part(folds.outside(fold));
            float[][] order = outside.targetOrder();
            int[] places = folds.inside(fold);
            matrices.folds.add(new Fold(
                    TableRows.matrix(outside.renumbered(order)),
                    TableRows.matrix(table.part(places).renumbered(order)),
                    places));
        }
        return matrices;
    }

    int count() {
        return folds.size();
    }

    int rows() {
        return rows;
    }

    Fold fold(int fold) {
        return folds.get(fold);
    }

    @Override
    public void close() {
        for (Fold fold : folds) {
            fold.outside().dispose();
            fold.inside().dispose();
        }
    }
}
