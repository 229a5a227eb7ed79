package io.dougong.operate;

/**
 * Can a model tell rows of training from rows of now? A logistic regression on the ranks of all features and their squares, fitted on
 * every other row and measured on the rest: an AUC of 0.5 says no (Lopez-Paz and Oquab 2017, <i>Revisiting classifier two-sample tests</i>).
 * It sees what no single feature shows: that their combination changed. Deterministic: no random start, a fixed number of steps.
 */
final class DomainClassifier {

    private static final int STEPS = 25;
    private static final double RATE = 4.0;
    private static final double PENALTY = 1e-3;
    private static final double MIDDLE = 0.5;
    private static final int RANKS = 255;
    static final int MISSING = 255;

    private DomainClassifier() {}

    /** A rank, 0 to 1, in a byte; missing and unseen have a value of their own. */
    static byte rank(double rank) {
        return (byte) (int) Math.min(RANKS - 1, rank * RANKS);
    }

    /**
     * Area under the curve on the rows that were not fitted on.
     *
     * @param reference rows of ranks
     * @param current rows of ranks
     */
    static double auc(byte[][] reference, byte[][] current) {
        int each = Math.min(reference.length, current.length);
        if (each < 20) {
            return Double.NaN;
        }
        int inputs = reference[0].length;
        double[][] rows = new double[2 * each][];
        for (int i = 0; i < each; i++) {
            rows[2 * i] = inputs(reference[i], inputs);
            rows[2 * i + 1] = inputs(current[i], inputs);
        }
        double[] weights = fit(rows, 2 * inputs + 1);
        double[] old = new double[each / 2];
        double[] young = new double[each / 2];
        for (int pair = 0; pair < each / 2; pair++) {
            old[pair] = score(weights, rows[4 * pair + 2]);
            young[pair] = score(weights, rows[4 * pair + 3]);
        }
        return RankTest.of(young, old).superiority();
    }

    private static double[] inputs(byte[] ranks, int inputs) {
        double[] row = new double[2 * inputs + 1];
        for (int i = 0; i < inputs; i++) {
            int code = ranks[i] & 0xff;
            double centred = code == MISSING ? 0 : (code + MIDDLE) / RANKS - MIDDLE;
            row[2 * i] = centred;
            row[2 * i + 1] = code == MISSING ? 1 : centred * centred * 4 - 1.0 / 3;
        }
        row[2 * inputs] = 1;
        return row;
    }

    /** Rows 4k are of the reference, 4k + 1 of now; the other two of each four are kept for measuring. */
    private static double[] fit(double[][] rows, int width) {
        double[] weights = new double[width];
        double[] gradient = new double[width];
        for (int step = 0; step < STEPS; step++) {
            java.util.Arrays.fill(gradient, 0);
            int fitted = 0;
            for (int i = 0; i + 1 < rows.length; i += 4) {
                accumulate(gradient, weights, rows[i], 0);
                accumulate(gradient, weights, rows[i + 1], 1);
                fitted += 2;
            }
            for (int j = 0; j < width; j++) {
                weights[j] -= RATE * (gradient[j] / fitted + PENALTY * weights[j]);
            }
        }
        return weights;
    }

    private static void accumulate(double[] gradient, double[] weights, double[] row, int label) {
        double miss = 1 / (1 + StrictMath.exp(-score(weights, row))) - label;
        for (int j = 0; j < row.length; j++) {
            gradient[j] += miss * row[j];
        }
    }

    private static double score(double[] weights, double[] row) {
        double sum = 0;
        for (int j = 0; j < row.length; j++) {
            sum += weights[j] * row[j];
        }
        return sum;
    }
}
