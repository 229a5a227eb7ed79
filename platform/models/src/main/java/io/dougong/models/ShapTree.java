package io.dougong.models;

import java.util.Arrays;

/** One tree prepared for {@link TreeShap}: per edge the cover share, the nearest edge above on the same feature, and 1 / factor. */
final class ShapTree {

    private final int points;
    private final double[] t;
    private final double[] weight;
    private final double[] coldTerm;
    private final int[] parent;
    private final int[] above;
    private final int[] feature;
    private final long[] test;
    private final double[] z;
    private final double[] share;
    private final double[] inverse;
    private final double[] leaf;
    private final double average;

    private ShapTree(Tree tree, int[] parent, int[] above, RowKeys keys, GaussLegendre rule) {
        int n = tree.nodes();
        this.parent = parent;
        this.above = above;
        this.points = rule.nodes().length;
        this.t = rule.nodes();
        this.weight = rule.weights();
        this.coldTerm = new double[points];
        this.feature = new int[n];
        this.test = new long[n];
        this.z = new double[n];
        this.share = new double[n];
        this.inverse = new double[n * points];
        this.leaf = new double[n];
        z[0] = 1;
        share[0] = 1;
        for (int q = 0; q < points; q++) {
            coldTerm[q] = -1 / (1 - t[q]);
        }
        Arrays.fill(inverse, 0, points, 1.0);
        double[] reach = new double[n];
        reach[0] = 1;
        double mean = 0;
        for (int e = 0; e < n; e++) {
            if (e > 0) {
                edge(tree, e, keys);
                reach[e] = reach[parent[e]] * share[e];
            }
            leaf[e] = tree.isLeaf(e) ? tree.threshold()[e] : 0.0;
            mean += reach[e] * leaf[e];
        }
        this.average = mean;
    }

    private void edge(Tree tree, int e, RowKeys keys) {
        int p = parent[e];
        feature[e] = tree.feature()[p];
        int slot = keys.slot(tree.feature()[p], tree.defaultLeft()[p]);
        long side = tree.left()[p] == e ? 1 : 0;
        test[e] = (long) RowKeys.key(tree.threshold()[p]) << 32 | side << 16 | slot;
        share[e] = tree.cover()[p] > 0 ? (double) tree.cover()[e] / tree.cover()[p] : 0.0;
        z[e] = share[e] * z[above[e]];
        for (int q = 0; q < points; q++) {
            inverse[e * points + q] = 1 / (z[e] + t[q] * (1 - z[e]));
        }
    }

    static ShapTree of(Tree tree, RowKeys keys, GaussLegendre[] rules) {
        int n = tree.nodes();
        int[] parent = new int[n];
        int[] above = new int[n];
        int[] distinct = new int[n];
        int most = 1;
        for (int e = 0; e < n; e++) {
            if (!tree.isLeaf(e)) {
                parent[tree.left()[e]] = e;
                parent[tree.right()[e]] = e;
            }
            if (e > 0) {
                int wanted = tree.feature()[parent[e]];
                int up = parent[e];
                while (up > 0 && tree.feature()[parent[up]] != wanted) {
                    up = parent[up];
                }
                above[e] = up;
                distinct[e] = distinct[parent[e]] + (up == 0 ? 1 : 0);
                most = Math.max(most, distinct[e]);
            }
        }
        int points = (most + 1) / 2;
        if (points >= rules.length) {
            throw new ModelProblem.Unsupported("A path tests " + most + " features.", "Train with less depth.");
        }
        if (rules[points] == null) {
            rules[points] = GaussLegendre.of(points);
        }
        return new ShapTree(tree, parent, above, keys, rules[points]);
    }

    double average() {
        return average;
    }

    int work() {
        return (2 * points + 1) * leaf.length;
    }

    void add(long[] keys, double[] scratch, double[] out, int at) {
        down(keys, scratch);
        up(scratch, out, at);
    }

    private void down(long[] keys, double[] scratch) {
        int n = leaf.length;
        int products = n;
        int below = n + n * points;
        Arrays.fill(scratch, products, products + points, 1.0);
        scratch[0] = 1;
        for (int e = 0; e < n; e++) {
            if (e > 0) {
                edgeDown(e, keys, scratch, products);
            }
            for (int q = 0; q < points; q++) {
                scratch[below + e * points + q] = leaf[e] * scratch[products + e * points + q];
            }
        }
    }

    private void edgeDown(int e, long[] keys, double[] scratch, int products) {
        long node = test[e];
        long left = keys[(int) node & 0xFFFF] - (node >> 32) >>> 63;
        boolean wasHot = scratch[above[e]] != 0;
        boolean hot = wasHot && left == (node >> 16 & 1);
        scratch[e] = hot ? 1 : 0;
        int own = products + e * points;
        int from = products + parent[e] * points;
        int upper = above[e] * points;
        for (int q = 0; q < points; q++) {
            double factor;
            if (hot) {
                factor = (z[e] + t[q] * (1 - z[e])) * inverse[upper + q];
            } else if (wasHot) {
                factor = z[e] * (1 - t[q]) * inverse[upper + q];
            } else {
                factor = share[e];
            }
            scratch[own + q] = scratch[from + q] * factor;
        }
    }

    private void up(double[] scratch, double[] out, int at) {
        int below = leaf.length * (points + 1);
        for (int e = leaf.length - 1; e > 0; e--) {
            boolean wasHot = scratch[above[e]] != 0;
            boolean hot = scratch[e] != 0;
            double phi = 0;
            for (int q = 0; q < points; q++) {
                double sum = scratch[below + e * points + q];
                scratch[below + parent[e] * points + q] += sum;
                if (wasHot) {
                    double upper = (1 - z[above[e]]) * inverse[above[e] * points + q];
                    double own = hot ? (1 - z[e]) * inverse[e * points + q] : coldTerm[q];
                    phi += weight[q] * sum * (own - upper);
                }
            }
            out[at + feature[e]] += phi;
        }
    }
}
