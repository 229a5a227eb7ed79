package io.dougong.learn.xgboost;

import io.dougong.learn.LearnProblem;
import io.dougong.learn.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * One candidate trained on several folds side by side, a round of each at a time, until their mean loss has not fallen for a while: the
 * folds agree on one number of rounds, which the final trees can use.
 */
final class FoldBoosters implements AutoCloseable {

    private static final int MOST_ROUNDS = 600;
    private static final int PATIENCE = 20;
    private static final String NAME = "inside";

    /**
     * Where the mean loss was least.
     *
     * @param margins of the rows of the folds at that round, outputs side by side; empty if not asked for
     */
    record Best(int rounds, double loss, double[] margins) {}

    private final FoldMatrices matrices;
    private final int[] folds;
    private final List<Booster> boosters = new ArrayList<>();

    FoldBoosters(FoldMatrices matrices, int[] folds, Map<String, Object> parameters) throws XGBoostError {
        this.matrices = matrices;
        this.folds = folds;
        for (int fold : folds) {
            boosters.add(XGBoost.train(matrices.fold(fold).outside(), parameters, 1, Map.of(), null, null));
        }
    }

    Best best(boolean withMargins) throws XGBoostError {
        int best = 1;
        double least = loss(0);
        for (int round = 1; round < MOST_ROUNDS && round < best + PATIENCE; round++) {
            if (Thread.currentThread().isInterrupted()) {
                throw LearnProblem.interrupted(Progress.Phase.TRAIN);
            }
            for (int i = 0; i < folds.length; i++) {
                boosters.get(i).update(matrices.fold(folds[i]).outside(), round);
            }
            double loss = loss(round);
            if (loss < least) {
                least = loss;
                best = round + 1;
            }
        }
        return new Best(best, least, withMargins ? margins(best) : new double[0]);
    }

    /** Mean over the folds. */
    private double loss(int round) throws XGBoostError {
        float[] figure = new float[1];
        double sum = 0;
        for (int i = 0; i < folds.length; i++) {
            DMatrix[] inside = {matrices.fold(folds[i]).inside()};
            boosters.get(i).evalSet(inside, new String[] {NAME}, round, figure);
            sum += figure[0];
        }
        return sum / folds.length;
    }

    private double[] margins(int rounds) throws XGBoostError {
        double[] margins = new double[0];
        for (int i = 0; i < folds.length; i++) {
            FoldMatrices.Fold fold = matrices.fold(folds[i]);
            float[][] predicted = boosters.get(i).predict(fold.inside(), true, rounds);
            for (int row = 0; row < predicted.length; row++) {
                int outputs = predicted[row].length;
                margins = margins.length == 0 ? new double[matrices.rows() * outputs] : margins;
                for (int output = 0; output < outputs; output++) {
                    margins[fold.places()[row] * outputs + output] = predicted[row][output];
                }
            }
        }
        return margins;
    }

    @Override
    public void close() {
        boosters.forEach(Booster::dispose);
    }
}
