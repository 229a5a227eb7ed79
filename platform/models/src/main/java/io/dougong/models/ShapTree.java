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

        Scratch(int nodes) {
            onPath = new long[nodes];
            upper = new int[nodes];
            a = new double[2 * nodes];
            b = new double[2 * nodes];
            product = new double[POINTS * nodes];
            below = new double[POINTS * nodes];
        }
    }

    private static final int POINTS = 4;

    private final ShapShape shape;
    private final GaussLegendre rule;
    private final long[] test;
    private final double[] start;
    /** Per four points, edge that is above another on its feature, and point: 1 / factor and (1 - z) / factor. Place 0 is "none". */
    private final double[][] inverse;

    private final double[][] term;

    private ShapTree(ShapShape shape, RowKeys keys, GaussLegendre rule) {
        this.shape = shape;
        this.rule = rule;
        this.test = shape.tests(keys);
        double[] z = shape.z;
        this.start = new double[POINTS * shape.value.length];
        Arrays.setAll(start, i -> shape.value[i / POINTS]);
        int passes = rule.nodes().length / POINTS;
        this.inverse = new double[passes][POINTS * z.length];
        this.term = new double[passes][POINTS * z.length];
        for (int i = 0; i < rule.nodes().length * z.length; i++) {
            int point = i % rule.nodes().length;
            int place = i / rule.nodes().length;
            int pass = point / POINTS;
            int at = POINTS * place + point % POINTS;
            inverse[pass][at] = 1 / (z[place] + rule.nodes()[point] * (1 - z[place]));
            term[pass][at] = (1 - z[place]) * inverse[pass][at];
        }
    }

    static ShapTree of(Tree tree, RowKeys keys, GaussLegendre[] rules) {
        ShapShape shape = new ShapShape(tree);
        int points = POINTS * Math.max(1, (shape.mostFeatures + 2 * POINTS - 1) / (2 * POINTS));
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
        System.arraycopy(start, 0, scratch.below, 0, start.length);
        for (int pass = 0; pass < inverse.length; pass++) {
            down(pass, scratch);
            upTwigs(pass, scratch, out, at);
            upInner(pass, scratch, out, at);
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
    private void down(int pass, Scratch scratch) {
        double[] t = rule.nodes();
        double t0 = t[POINTS * pass];
        double t1 = t[POINTS * pass + 1];
        double t2 = t[POINTS * pass + 2];
        double t3 = t[POINTS * pass + 3];
        double[] inverses = inverse[pass];
        double[] product = scratch.product;
        Arrays.fill(product, 0, POINTS, 1.0);
        for (int k = 0; k < shape.inner; k++) {
            int from = POINTS * shape.node[k];
            int upper = POINTS * scratch.upper[k];
            double p0 = product[from] * inverses[upper];
            double p1 = product[from + 1] * inverses[upper + 1];
            double p2 = product[from + 2] * inverses[upper + 2];
            double p3 = product[from + 3] * inverses[upper + 3];
            double a = scratch.a[2 * k + 1];
            double b = scratch.b[2 * k + 1];
            double c = scratch.a[2 * k + 2];
            double d = scratch.b[2 * k + 2];
            int to = POINTS * (2 * k + 1);
            product[to] = p0 * Math.fma(t0, b, a);
            product[to + 1] = p1 * Math.fma(t1, b, a);
            product[to + 2] = p2 * Math.fma(t2, b, a);
            product[to + 3] = p3 * Math.fma(t3, b, a);
            product[to + 4] = p0 * Math.fma(t0, d, c);
            product[to + 5] = p1 * Math.fma(t1, d, c);
            product[to + 6] = p2 * Math.fma(t2, d, c);
            product[to + 7] = p3 * Math.fma(t3, d, c);
        }
    }

    private void upTwigs(int pass, Scratch scratch, double[] out, int at) {
        double[] t = rule.nodes();
        double[] w = rule.weights();
        int first = POINTS * pass;
        double t0 = t[first];
        double w0 = w[first];
        double t1 = t[first + 1];
        double w1 = w[first + 1];
        double t2 = t[first + 2];
        double w2 = w[first + 2];
        double t3 = t[first + 3];
        double w3 = w[first + 3];
        double[] inverses = inverse[pass];
        double[] terms = term[pass];
        double[] product = scratch.product;
        double[] below = scratch.below;
        for (int k = shape.inner; k < test.length; k++) {
            double slope = scratch.b[2 * k + 1];
            double mean = scratch.a[2 * k + 1];
            int own = POINTS * shape.node[k];
            int upper = POINTS * scratch.upper[k];
            double sum0 = Math.fma(t0, slope, mean);
            double sum1 = Math.fma(t1, slope, mean);
            double sum2 = Math.fma(t2, slope, mean);
            double sum3 = Math.fma(t3, slope, mean);
            double p0 = inverses[upper];
            double p1 = inverses[upper + 1];
            double p2 = inverses[upper + 2];
            double p3 = inverses[upper + 3];
            below[own] = sum0 * p0;
            below[own + 1] = sum1 * p1;
            below[own + 2] = sum2 * p2;
            below[own + 3] = sum3 * p3;
            double due0 = w0 * product[own] * p0 * Math.fma(-terms[upper], sum0, slope);
            double due1 = w1 * product[own + 1] * p1 * Math.fma(-terms[upper + 1], sum1, slope);
            double due2 = w2 * product[own + 2] * p2 * Math.fma(-terms[upper + 2], sum2, slope);
            double due3 = w3 * product[own + 3] * p3 * Math.fma(-terms[upper + 3], sum3, slope);
            out[at + shape.feature[k]] += due0 + due1 + (due2 + due3);
        }
    }

    /** Sum over the leaves below of value times the factors on the way there; each split hands its feature what it is due. */
    private void upInner(int pass, Scratch scratch, double[] out, int at) {
        double[] t = rule.nodes();
        double[] w = rule.weights();
        int first = POINTS * pass;
        double t0 = t[first];
        double w0 = w[first];
        double t1 = t[first + 1];
        double w1 = w[first + 1];
        double t2 = t[first + 2];
        double w2 = w[first + 2];
        double t3 = t[first + 3];
        double w3 = w[first + 3];
        double[] inverses = inverse[pass];
        double[] terms = term[pass];
        double[] product = scratch.product;
        double[] below = scratch.below;
        for (int k = shape.inner - 1; k >= 0; k--) {
            double a = scratch.a[2 * k + 1];
            double b = scratch.b[2 * k + 1];
            double c = scratch.a[2 * k + 2];
            double d = scratch.b[2 * k + 2];
            int left = POINTS * (2 * k + 1);
            int own = POINTS * shape.node[k];
            int upper = POINTS * scratch.upper[k];
            double slope0 = Math.fma(b, below[left], d * below[left + 4]);
            double slope1 = Math.fma(b, below[left + 1], d * below[left + 5]);
            double slope2 = Math.fma(b, below[left + 2], d * below[left + 6]);
            double slope3 = Math.fma(b, below[left + 3], d * below[left + 7]);
            double sum0 = Math.fma(t0, slope0, Math.fma(a, below[left], c * below[left + 4]));
            double sum1 = Math.fma(t1, slope1, Math.fma(a, below[left + 1], c * below[left + 5]));
            double sum2 = Math.fma(t2, slope2, Math.fma(a, below[left + 2], c * below[left + 6]));
            double sum3 = Math.fma(t3, slope3, Math.fma(a, below[left + 3], c * below[left + 7]));
            double p0 = inverses[upper];
            double p1 = inverses[upper + 1];
            double p2 = inverses[upper + 2];
            double p3 = inverses[upper + 3];
            below[own] = sum0 * p0;
            below[own + 1] = sum1 * p1;
            below[own + 2] = sum2 * p2;
            below[own + 3] = sum3 * p3;
            double due0 = w0 * product[own] * p0 * Math.fma(-terms[upper], sum0, slope0);
            double due1 = w1 * product[own + 1] * p1 * Math.fma(-terms[upper + 1], sum1, slope1);
            double due2 = w2 * product[own + 2] * p2 * Math.fma(-terms[upper + 2], sum2, slope2);
            double due3 = w3 * product[own + 3] * p3 * Math.fma(-terms[upper + 3], sum3, slope3);
            out[at + shape.feature[k]] += due0 + due1 + (due2 + due3);
        }
    }
}
