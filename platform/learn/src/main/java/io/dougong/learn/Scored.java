package io.dougong.learn;

import io.dougong.models.Calibrator;
import io.dougong.models.Model;

/**
 * Rows with the margins that the model gives them, oldest first. Computed by the evaluator that serves live, not by the trainer's
 * library, so what is measured is what will decide.
 */
record Scored(TrainingTable table, double[] margins, boolean[] labels) {

    private static final int BLOCK = 1024;

    static Scored of(TrainingTable table, Model model, Progress.Phase phase, Progress progress) {
        double[] margins = new double[table.rows()];
        boolean[] labels = new boolean[table.rows()];
        int width = table.names().size();
        float[] row = new float[width];
        for (int start = 0; start < margins.length; start += BLOCK) {
            int count = Math.min(BLOCK, margins.length - start);
            float[] rows = new float[count * width];
            double[] block = new double[count];
            for (int i = 0; i < count; i++) {
                table.read(start + i, row);
                System.arraycopy(row, 0, rows, i * width, width);
                labels[start + i] = table.label(start + i);
            }
            model.margins(rows, count, block);
            System.arraycopy(block, 0, margins, start, count);
            progress.at(phase, start + count, margins.length);
            if (Thread.currentThread().isInterrupted()) {
                throw LearnProblem.interrupted(phase);
            }
        }
        return new Scored(table, margins, labels);
    }

    double[] probabilities(Calibrator calibrator) {
        double[] probabilities = new double[margins.length];
        for (int i = 0; i < margins.length; i++) {
            probabilities[i] = calibrator.probability(margins[i]);
        }
        return probabilities;
    }
}
