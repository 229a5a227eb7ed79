package io.dougong.models;

import java.util.Arrays;

/**
 * One tree prepared for {@link TreeShap}. Splits come in two kinds: twigs, whose children are both leaves, and the inner ones before
 * them. The children of the k-th inner split are nodes {@code 2k + 1} and {@code 2k + 2}; an edge has the number of the node it
 * leads to.
 *
 * <p>An edge whose feature is still on the row's path multiplies by {@code z + t (o - z)}; one whose feature was left higher up
 * multiplies by its cover share alone. Both are {@code a + t b} divided by the factor of the edge above on the same feature, with
 * {@code b = 0} and "no edge above" in the second case, so that the loops over points have no branch. Below a twig the sum over
 * the leaves is {@code A + t B} with A the mean (times z of the edge above) and B the reached leaf minus A: half of all splits cost
 * a third.
 */
final class ShapTree {

    /** Working memory for the largest tree. */
    static final class Scratch {
        private final long[] onPath;
        private final int[] upper;
        private final double[] a;
        private final double[] b;
        private final double[] product;
        private final double[] below;
        private final double[] due;

        Scratch(int nodes) {
            onPath = new long[nodes];
            upper = new int[nodes];
            a = new double[2 * nodes];
            b = new double[2 * nodes];
            product = new double[nodes];
            below = new double[nodes];
            due = new double[nodes];
        }
    }

    private final ShapShape shape;
    private final GaussLegendre rule;
    private final long[] test;
    /** Per point and edge that is above another on its feature: 1 / factor and (1 - z) / factor. Place 0 is "none". */
    private final double[][] inverse;

    private final double[][] term;

    private ShapTree(ShapShape shape, RowKeys keys, GaussLegendre rule) {
        this.shape = shape;
        this.rule = rule;
        this.test = shape.tests(keys);
        int points = rule.nodes().length;
        double[] z = shape.z;
        this.inverse = new double[points][z.length];
        this.term = new double[points][z.length];
        for (int q = 0; q < points; q++) {
            for (int i = 0; i < z.length; i++) {
                inverse[q][i] = 1 / (z[i] + rule.nodes()[q] * (1 - z[i]));
                term[q][i] = (1 - z[i]) * inverse[q][i];
            }
        }
    }

    static ShapTree of(Tree tree, RowKeys keys, GaussLegendre[] rules) {
        ShapShape shape = new ShapShape(tree);
        int points = Math.max(1, (shape.mostFeatures + 1) / 2);
        if (points >= rules.length) {
            throw new ModelProblem.Unsupported(
                    "A path tests " + shape.mostFeatures + " features.", "Train with less depth.");
        }
        if (rules[points] == null) {
            rules[points] = GaussLegendre.of(points);
        }
        return new ShapTree(shape, keys, rules[points]);
    }

    double average() {
        return shape.average;
    }

    /** Splits or nodes, whichever are more. */
    int nodes() {
        return Math.max(shape.value.length, test.length);
    }

    void add(long[] keys, Scratch scratch, double[] out, int at) {
        followInner(keys, scratch);
        followTwigs(keys, scratch);
        int splits = test.length;
        System.arraycopy(shape.value, 0, scratch.below, 0, shape.value.length);
        Arrays.fill(scratch.due, 0, splits, 0.0);
        for (int q = 0; q < inverse.length; q++) {
            double t = rule.nodes()[q];
            double weight = rule.weights()[q];
            down(t, inverse[q], scratch);
            upTwigs(t, weight, inverse[q], term[q], scratch);
            upInner(t, weight, inverse[q], term[q], scratch);
        }
        for (int k = 0; k < splits; k++) {
            out[at + shape.feature[k]] += scratch.due[k];
        }
    }

    /** 1 if the row goes left at the split. */
    private static long goesLeft(long test, long[] keys) {
        return keys[(int) test & 0xFFFF] - (test >> 32) >>> 63;
    }

    /** Finds which edges the row takes, and a and b of each. */
    private void followInner(long[] keys, Scratch scratch) {
        long[] onPath = scratch.onPath;
        double[] share = shape.share;
        onPath[0] = 1;
        for (int k = 0; k < shape.inner; k++) {
            long left = goesLeft(test[k], keys);
            long before = onPath[shape.above[k]];
            int upper = shape.place[k] & (int) -before;
            int child = 2 * k + 1;
            onPath[child] = before & left;
            onPath[child + 1] = before & ~left;
            double leftShare = share[child] * shape.z[upper];
            double rightShare = share[child + 1] * shape.z[upper];
            scratch.upper[k] = upper;
            scratch.a[child] = leftShare;
            scratch.a[child + 1] = rightShare;
            scratch.b[child] = before * (left - leftShare);
            scratch.b[child + 1] = before * (1 - left - rightShare);
        }
    }

    private void followTwigs(long[] keys, Scratch scratch) {
        for (int k = shape.inner; k < test.length; k++) {
            long left = goesLeft(test[k], keys);
            long before = scratch.onPath[shape.above[k]];
            int upper = shape.place[k] & (int) -before;
            double mean = shape.mean[k] * shape.z[upper];
            scratch.upper[k] = upper;
            scratch.a[2 * k + 1] = mean;
            scratch.b[2 * k + 1] = before * (shape.leaf[2 * k + 1 - (int) left] - mean);
        }
    }

    /** Product of the factors from the root to every node. */
    private void down(double t, double[] inverses, Scratch scratch) {
        int[] node = shape.node;
        int[] upper = scratch.upper;
        double[] product = scratch.product;
        double[] a = scratch.a;
        double[] b = scratch.b;
        product[0] = 1;
        for (int k = 0; k < shape.inner; k++) {
            int child = 2 * k + 1;
            double p = product[node[k]] * inverses[upper[k]];
            product[child] = p * (a[child] + t * b[child]);
            product[child + 1] = p * (a[child + 1] + t * b[child + 1]);
        }
    }

    private void upTwigs(double t, double weight, double[] inverses, double[] terms, Scratch scratch) {
        int[] node = shape.node;
        int[] upper = scratch.upper;
        for (int k = shape.inner; k < test.length; k++) {
            double slope = scratch.b[2 * k + 1];
            double sum = scratch.a[2 * k + 1] + t * slope;
            double inverted = inverses[upper[k]];
            scratch.below[node[k]] = sum * inverted;
            scratch.due[k] += weight * scratch.product[node[k]] * inverted * (slope - terms[upper[k]] * sum);
        }
    }

    /** Sum over the leaves below of value times the factors on the way there; each split hands its feature what it is due. */
    private void upInner(double t, double weight, double[] inverses, double[] terms, Scratch scratch) {
        int[] node = shape.node;
        int[] upper = scratch.upper;
        double[] below = scratch.below;
        double[] a = scratch.a;
        double[] b = scratch.b;
        for (int k = shape.inner - 1; k >= 0; k--) {
            int child = 2 * k + 1;
            double left = below[child];
            double right = below[child + 1];
            double slope = b[child] * left + b[child + 1] * right;
            double sum = a[child] * left + a[child + 1] * right + t * slope;
            double inverted = inverses[upper[k]];
            below[node[k]] = sum * inverted;
            scratch.due[k] += weight * scratch.product[node[k]] * inverted * (slope - terms[upper[k]] * sum);
        }
    }
}
