package io.dougong.learn.logistic;

import io.dougong.learn.LearnProblem;
import io.dougong.learn.TrainingTable;

/**
 * Least squares with an L2 penalty on the weights but not on the intercept (Hoerl and Kennard 1970): the normal equations, solved once by
 * Cholesky's method. Sums run over rows and columns in order: same rows, same bits.
 */
final class RidgeRegression {

    private final SparseRows rows;
    private final TrainingTable table;
    private final double l2;

    RidgeRegression(SparseRows rows, TrainingTable table, double l2) {
        this.rows = rows;
        this.table = table;
        this.l2 = l2;
    }

    /** One weight per column, then the intercept. */
    double[] fit() {
        int intercept = rows.columns();
        double[][] normal = new double[intercept + 1][];
        for (int i = 0; i <= intercept; i++) {
            normal[i] = new double[i + 1];
        }
        double[] right = new double[intercept + 1];
        int[] places = new int[intercept + 1];
        double[] values = new double[intercept + 1];
        for (int row = 0; row < rows.rows(); row++) {
            int filled = rows.read(row, places, values);
            places[filled] = intercept;
            values[filled++] = 1;
            for (int a = 0; a < filled; a++) {
                right[places[a]] += values[a] * table.target(row);
                for (int b = 0; b <= a; b++) {
                    normal[Math.max(places[a], places[b])][Math.min(places[a], places[b])] += values[a] * values[b];
                }
            }
        }
        for (int i = 0; i < intercept; i++) {
            normal[i][i] += l2;
        }
        if (!Cholesky.solve(normal, right)) {
            throw LearnProblem.badTrainer(
                    "Some features are sums of others (or constant), so the weights are not determined with l2 = " + l2
                            + ".",
                    "Set l2 above 0, or leave out a feature.");
        }
        return right;
    }
}
