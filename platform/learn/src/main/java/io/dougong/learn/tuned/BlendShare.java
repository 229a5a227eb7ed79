package io.dougong.learn.tuned;

import io.dougong.learn.TrainingTable;
import io.dougong.models.Task;

/** How much of the trees a blend should have: 0 for the linear model alone, 1 for the trees alone. */
final class BlendShare {

    private static final int STEPS = 10;

    /** A loss within this of the least one, relative to it, is as good. */
    private static final double HARDLY = 0.001;

    private final TrainingTable table;
    private final double[] trees;
    private final double[] linear;
    private final int outputs;

    /**
     * @param trees margins of each row, outputs side by side, of trees that have not seen it
     * @param linear the same of linear models
     */
    BlendShare(TrainingTable table, double[] trees, double[] linear) {
        this.table = table;
        this.trees = trees;
        this.linear = linear;
        this.outputs = trees.length / table.rows();
    }

    double best() {
        double[] losses = new double[STEPS + 1];
        int best = 0;
        for (int step = 0; step <= STEPS; step++) {
            losses[step] = loss((double) step / STEPS);
            best = losses[step] < losses[best] ? step : best;
        }
        double good = losses[best] * (1 + HARDLY);
        if (losses[0] <= good) {
            return 0;
        }
        return losses[STEPS] <= good ? 1 : (double) best / STEPS;
    }

    private double loss(double share) {
        double sum = 0;
        double weights = 0;
        double[] margins = new double[outputs];
        for (int row = 0; row < table.rows(); row++) {
            for (int output = 0; output < outputs; output++) {
                int at = row * outputs + output;
                margins[output] = share * trees[at] + (1 - share) * linear[at];
            }
            sum += table.weight(row) * loss(margins, table.target(row));
            weights += table.weight(row);
        }
        double mean = sum / weights;
        return table.task() == Task.REGRESSION ? StrictMath.sqrt(mean) : mean;
    }

    private double loss(double[] margins, float target) {
        return switch (table.task()) {
            case BINARY -> StrictMath.log1p(StrictMath.exp(target == 1 ? -margins[0] : margins[0]));
            case MULTICLASS -> crossEntropy(margins, (int) target);
            case REGRESSION -> (margins[0] - target) * (margins[0] - target);
        };
    }

    private static double crossEntropy(double[] margins, int truth) {
        double most = Double.NEGATIVE_INFINITY;
        for (double margin : margins) {
            most = Math.max(most, margin);
        }
        double sum = 0;
        for (double margin : margins) {
            sum += StrictMath.exp(margin - most);
        }
        return StrictMath.log(sum) + most - margins[truth];
    }
}
