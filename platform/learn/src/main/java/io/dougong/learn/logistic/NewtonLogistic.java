package io.dougong.learn.logistic;

import io.dougong.learn.LearnProblem;
import io.dougong.learn.Progress;

/**
 * Logistic regression by Newton's method with step halving.
 *
 * <p>Minimises {@code Σ v·log(1 + exp(−y·(b + w·x))) + λ/2·‖w‖²} over the rows (y = ±1, v the row's weight), the intercept b without penalty: the objective of
 * scikit-learn's {@code LogisticRegression(C=1/λ)}, so its coefficients are comparable. The function is convex; with λ &gt; 0 it is strictly
 * so in w, and Newton's step is always a direction of descent. Halving the step until the objective falls makes it converge from
 * zero (Boyd and Vandenberghe, <i>Convex Optimization</i>, 9.5); near the minimum the number of right digits doubles each step.
 *
 * <p>Same rows, same bits: sums run over rows in order and over columns in order, on one thread, with {@link StrictMath}. A step costs rows
 * times the square of a row's non-zeros, plus a third of the cube of the columns.
 */
final class NewtonLogistic {

    private static final int MOST_STEPS = 50;
    private static final int MOST_HALVINGS = 30;
    /** Newton's decrement, as a share of the objective, at which one more full step is the last: it squares the error. */
    private static final double TOLERANCE = 1e-12;

    private final SparseRows rows;
    private final double l2;
    private final int intercept;
    private final int[] places;
    private final double[] values;

    /** @param l2 λ of the objective */
    NewtonLogistic(SparseRows rows, double l2) {
        this.rows = rows;
        this.l2 = l2;
        this.intercept = rows.columns();
        this.places = new int[rows.columns() + 1];
        this.values = new double[rows.columns() + 1];
    }

    /** One weight per column, then the intercept. */
    double[] fit(Progress progress) {
        double[] weights = new double[intercept + 1];
        double objective = objective(weights);
        for (int step = 1; step <= MOST_STEPS; step++) {
            if (Thread.currentThread().isInterrupted()) {
                throw LearnProblem.interrupted(Progress.Phase.TRAIN);
            }
            double[] gradient = new double[intercept + 1];
            double[] direction = direction(weights, gradient);
            double decrement = dot(gradient, direction);
            if (decrement <= TOLERANCE * Math.max(1, objective)) {
                move(weights, weights.clone(), direction, 1);
                break;
            }
            double lower = descend(weights, direction, objective);
            progress.at(Progress.Phase.TRAIN, step, -1);
            if (lower >= objective) {
                break;
            }
            objective = lower;
        }
        return weights;
    }

    /** Solves Hessian · direction = gradient, and leaves the gradient where it is asked to. */
    private double[] direction(double[] weights, double[] gradient) {
        double[][] hessian = new double[intercept + 1][];
        for (int i = 0; i <= intercept; i++) {
            hessian[i] = new double[i + 1];
        }
        for (int row = 0; row < rows.rows(); row++) {
            add(row, weights, gradient, hessian);
        }
        for (int i = 0; i < intercept; i++) {
            gradient[i] += l2 * weights[i];
            hessian[i][i] += l2;
        }
        double[] direction = gradient.clone();
        if (!Cholesky.solve(hessian, direction)) {
            throw LearnProblem.badTrainer(
                    "Some features are sums of others (or constant), so the weights are not determined with l2 = " + l2
                            + ".",
                    "Set l2 above 0, or leave out a feature.");
        }
        return direction;
    }

    private void add(int row, double[] weights, double[] gradient, double[][] hessian) {
        int filled = read(row);
        double probability = logistic(margin(weights, filled));
        double weight = rows.weight(row);
        double error = weight * (probability - (rows.label(row) ? 1 : 0));
        double curvature = weight * probability * (1 - probability);
        for (int a = 0; a < filled; a++) {
            gradient[places[a]] += error * values[a];
            double scaled = curvature * values[a];
            for (int b = 0; b <= a; b++) {
                hessian[Math.max(places[a], places[b])][Math.min(places[a], places[b])] += scaled * values[b];
            }
        }
    }

    private double descend(double[] weights, double[] direction, double objective) {
        double[] start = weights.clone();
        double length = 1;
        for (int halving = 0; halving <= MOST_HALVINGS; halving++) {
            move(weights, start, direction, length);
            double lower = objective(weights);
            if (lower < objective) {
                return lower;
            }
            length /= 2;
        }
        System.arraycopy(start, 0, weights, 0, start.length);
        return objective;
    }

    private static void move(double[] weights, double[] start, double[] direction, double length) {
        for (int i = 0; i < weights.length; i++) {
            weights[i] = start[i] - length * direction[i];
        }
    }

    private double objective(double[] weights) {
        double sum = 0;
        for (int row = 0; row < rows.rows(); row++) {
            double margin = margin(weights, read(row));
            double signed = rows.label(row) ? -margin : margin;
            sum += rows.weight(row) * (Math.max(signed, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(signed))));
        }
        double squares = 0;
        for (int i = 0; i < intercept; i++) {
            squares += weights[i] * weights[i];
        }
        return sum + l2 / 2 * squares;
    }

    /** The row's non-zeros, then the intercept's one. */
    private int read(int row) {
        int filled = rows.read(row, places, values);
        places[filled] = intercept;
        values[filled] = 1;
        return filled + 1;
    }

    private double margin(double[] weights, int filled) {
        double margin = 0;
        for (int i = 0; i < filled; i++) {
            margin += weights[places[i]] * values[i];
        }
        return margin;
    }

    private static double logistic(double margin) {
        return 1 / (1 + StrictMath.exp(-margin));
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
