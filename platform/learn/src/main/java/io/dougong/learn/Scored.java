package io.dougong.learn;

import io.dougong.models.Calibrator;
import io.dougong.models.Model;
import java.util.Arrays;

/**
 * Rows with the margins that the model gives them, oldest first. Computed by the evaluator that serves live, not by the trainer's
 * library, so what is measured is what will decide.
 *
 * @param margins {@code outputs} of each row, one row after the other
 * @param targets as {@link TrainingTable#target} tells them
 */
record Scored(TrainingTable table, int outputs, double[] margins, float[] targets) {

    private static final int BLOCK = 1024;

    static Scored of(TrainingTable table, Model model, Progress.Phase phase, Progress progress) {
        int rows = table.rows();
        int outputs = model.outputs();
        double[] margins = new double[rows * outputs];
        float[] targets = new float[rows];
        int width = table.names().size();
        float[] row = new float[width];
        for (int start = 0; start < rows; start += BLOCK) {
            int count = Math.min(BLOCK, rows - start);
            float[] values = new float[count * width];
            double[] block = new double[count * outputs];
            for (int i = 0; i < count; i++) {
                table.read(start + i, row);
                System.arraycopy(row, 0, values, i * width, width);
                targets[start + i] = table.target(start + i);
            }
            model.margins(values, count, block);
            System.arraycopy(block, 0, margins, start * outputs, block.length);
            progress.at(phase, start + count, rows);
            if (Thread.currentThread().isInterrupted()) {
                throw LearnProblem.interrupted(phase);
            }
        }
        return new Scored(table, outputs, margins, targets);
    }

    int rows() {
        return targets.length;
    }

    /** Whether each row is of the positive class of two. */
    boolean[] labels() {
        boolean[] labels = new boolean[targets.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = targets[i] == 1;
        }
        return labels;
    }

    double[] probabilities(Calibrator calibrator) {
        double[] probabilities = new double[margins.length];
        for (int i = 0; i < margins.length; i++) {
            probabilities[i] = calibrator.probability(margins[i]);
        }
        return probabilities;
    }

    /** The margins of one row. */
    double[] row(int row) {
        return Arrays.copyOfRange(margins, row * outputs, (row + 1) * outputs);
    }

    /** Some of the rows, {@code from} until {@code to}. The table stays that of all. */
    Scored part(int from, int to) {
        return new Scored(
                table,
                outputs,
                Arrays.copyOfRange(margins, from * outputs, to * outputs),
                Arrays.copyOfRange(targets, from, to));
    }
}
