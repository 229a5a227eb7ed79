package io.dougong.learn;

import java.util.ArrayList;
import java.util.List;

/** Counts right and wrong calls at the thresholds 0.1, 0.2, … 0.9. */
final class Confusions {

    private static final int STEPS = 10;

    private Confusions() {}

    static List<Evaluation.Confusion> of(double[] probabilities, boolean[] labels) {
        List<Evaluation.Confusion> all = new ArrayList<>();
        for (int step = 1; step < STEPS; step++) {
            all.add(at((double) step / STEPS, probabilities, labels));
        }
        return all;
    }

    private static Evaluation.Confusion at(double threshold, double[] probabilities, boolean[] labels) {
        long[] counts = new long[4];
        for (int i = 0; i < labels.length; i++) {
            counts[(probabilities[i] >= threshold ? 0 : 2) + (labels[i] ? 0 : 1)]++;
        }
        return new Evaluation.Confusion(threshold, counts[0], counts[1], counts[3], counts[2]);
    }
}
