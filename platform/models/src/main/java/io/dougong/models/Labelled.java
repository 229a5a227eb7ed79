package io.dougong.models;

import java.util.Arrays;

/** The finite scores of the positive and of the negative rows, each sorted: what AUC and isotonic regression need. */
record Labelled(double[] positives, double[] negatives) {

    static Labelled of(double[] scores, boolean[] labels) {
        check(scores, labels.length);
        double[] positives = new double[scores.length];
        double[] negatives = new double[scores.length];
        int p = 0;
        int n = 0;
        for (int i = 0; i < scores.length; i++) {
            if (labels[i]) {
                positives[p++] = scores[i] + 0.0;
            } else {
                negatives[n++] = scores[i] + 0.0;
            }
        }
        Labelled sides = new Labelled(Arrays.copyOf(positives, p), Arrays.copyOf(negatives, n));
        Arrays.sort(sides.positives);
        Arrays.sort(sides.negatives);
        return sides;
    }

    static void check(double[] scores, int labels) {
        if (scores.length != labels || scores.length == 0) {
            throw new ModelProblem.BadInput(
                    "bad-labels", scores.length + " scores and " + labels + " labels do not match.", "");
        }
        for (double score : scores) {
            if (!Double.isFinite(score)) {
                throw new ModelProblem.BadInput("bad-score", "A score is " + score + ".", "");
            }
        }
    }
}
