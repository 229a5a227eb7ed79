package io.dougong.models;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One tree prepared for {@link TreeShap}. Nodes are numbered breadth first, so that the children of the k-th split are nodes
 * {@code 2k + 1} and {@code 2k + 2}; an edge has the number of the node it leads to.
 *
 * <p>An edge whose feature is still on the row's path multiplies by {@code z + t (o - z)}; one whose feature was left higher up
 * multiplies by its cover share alone. Both are {@code a + t b} divided by the factor of the edge above on the same feature, with
 * {@code b = 0} and "no edge above" in the second case, so that the loops over points have no branch.
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
            a = new double[nodes];
            b = new double[nodes];
            product = new double[nodes];
            below = new double[nodes];
        }
    }

    private final GaussLegendre rule;
    private final double average;
    /** Per split: its node, row slot and threshold, feature, edge above on the same feature, and that edge's place in the tables. */
    private final int[] node;

    private final long[] test;
    private final int[] feature;
    private final int[] above;
    private final int[] place;
    /** Per node: share of its parent's cover; value, 0 at a split. */
    private final double[] share;

    private final double[] value;
    /** Per edge that is above another: z, and per point 1 / factor and (1 - z) / factor. Place 0 is "none". */
    private final double[] z;

    private final double[][] inverse;
    private final double[][] term;

    private ShapTree(Numbered numbered, RowKeys keys, GaussLegendre rule) {
        this.rule = rule;
        this.node = numbered.node;
        this.above = numbered.above;
        this.place = numbered.place;
        this.z = numbered.z;
        this.share = numbered.share;
        this.value = numbered.value;
        this.average = numbered.average();
        this.feature = new int[node.length];
        this.test = new long[node.length];
        for (int k = 0; k < node.length; k++) {
            Tree tree = numbered.tree;
            int original = numbered.original[node[k]];
            feature[k] = tree.feature()[original];
            int slot = keys.slot(feature[k], tree.defaultLeft()[original]);
            test[k] = (long) RowKeys.key(tree.threshold()[original]) << 32 | slot;
        }
        int points = rule.nodes().length;
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
        Numbered numbered = new Numbered(tree);
        int points = Math.max(1, (numbered.most + 1) / 2);
        if (points >= rules.length) {
            throw new ModelProblem.Unsupported(
                    "A path tests " + numbered.most + " features.", "Train with less depth.");
        }
        if (rules[points] == null) {
            rules[points] = GaussLegendre.of(points);
        }
        return new ShapTree(numbered, keys, rules[points]);
    }

    double average() {
        return average;
    }

    int nodes() {
        return value.length;
    }

    void add(long[] keys, Scratch scratch, double[] out, int at) {
        follow(keys, scratch);
        System.arraycopy(value, 0, scratch.below, 0, value.length);
        for (int q = 0; q < inverse.length; q++) {
            down(rule.nodes()[q], inverse[q], scratch);
            up(rule.nodes()[q], rule.weights()[q], inverse[q], term[q], scratch, out, at);
        }
    }

    /** Finds which edges the row takes, and a and b of each. */
    private void follow(long[] keys, Scratch scratch) {
        long[] onPath = scratch.onPath;
        onPath[0] = 1;
        for (int k = 0; k < test.length; k++) {
            long left = keys[(int) test[k] & 0xFFFF] - (test[k] >> 32) >>> 63;
            long before = onPath[above[k]];
            int upper = place[k] & (int) -before;
            int child = 2 * k + 1;
            onPath[child] = before & left;
            onPath[child + 1] = before & ~left;
            double left1 = share[child] * z[upper];
            double right1 = share[child + 1] * z[upper];
            scratch.upper[k] = upper;
            scratch.a[child] = left1;
            scratch.a[child + 1] = right1;
            scratch.b[child] = before * (left - left1);
            scratch.b[child + 1] = before * (1 - left - right1);
        }
    }

    /** Product of the factors from the root to every node. */
    private void down(double t, double[] inverses, Scratch scratch) {
        double[] product = scratch.product;
        product[0] = 1;
        for (int k = 0; k < node.length; k++) {
            int child = 2 * k + 1;
            double p = product[node[k]] * inverses[scratch.upper[k]];
            product[child] = p * (scratch.a[child] + t * scratch.b[child]);
            product[child + 1] = p * (scratch.a[child + 1] + t * scratch.b[child + 1]);
        }
    }

    /** Sum over the leaves below of value times the factors on the way there; each split hands its feature what it is due. */
    private void up(double t, double weight, double[] inverses, double[] terms, Scratch scratch, double[] out, int at) {
        double[] below = scratch.below;
        for (int k = node.length - 1; k >= 0; k--) {
            int child = 2 * k + 1;
            double left = below[child];
            double right = below[child + 1];
            double slope = scratch.b[child] * left + scratch.b[child + 1] * right;
            double sum = scratch.a[child] * left + scratch.a[child + 1] * right + t * slope;
            int upper = scratch.upper[k];
            double inverted = inverses[upper];
            below[node[k]] = sum * inverted;
            out[at + feature[k]] += weight * scratch.product[node[k]] * inverted * (slope - terms[upper] * sum);
        }
    }

    /** The tree breadth first, with what every split needs to know about the splits above it. */
    private static final class Numbered {
        final Tree tree;
        final int[] original;
        final int[] node;
        final int[] above;
        final int[] place;
        final double[] share;
        final double[] value;
        final double[] z;
        int most;

        Numbered(Tree tree) {
            this.tree = tree;
            this.original = new int[tree.nodes()];
            this.share = new double[tree.nodes()];
            this.value = new double[tree.nodes()];
            List<Integer> splits = new ArrayList<>();
            int next = 1;
            for (int id = 0; id < next; id++) {
                int from = original[id];
                if (tree.isLeaf(from)) {
                    value[id] = tree.threshold()[from];
                } else {
                    splits.add(id);
                    add(from, tree.left()[from], next++);
                    add(from, tree.right()[from], next++);
                }
            }
            share[0] = 1;
            this.node = splits.stream().mapToInt(Integer::intValue).toArray();
            this.above = new int[node.length];
            this.place = new int[node.length];
            this.z = relate();
        }

        private void add(int parent, int child, int id) {
            original[id] = child;
            float cover = tree.cover()[parent];
            share[id] = cover > 0 ? (double) tree.cover()[child] / cover : 0.0;
        }

        /** Fills {@link #above} and {@link #place}; returns z by place. */
        private double[] relate() {
            int[] splitOf = new int[value.length];
            for (int k = 0; k < node.length; k++) {
                splitOf[2 * k + 1] = k;
                splitOf[2 * k + 2] = k;
            }
            Map<Integer, Integer> places = new HashMap<>();
            List<Double> byPlace = new ArrayList<>(List.of(1.0));
            double[] merged = new double[value.length];
            int[] distinct = new int[value.length];
            merged[0] = 1;
            for (int k = 0; k < node.length; k++) {
                int edge = node[k];
                while (edge > 0 && featureOf(splitOf[edge]) != featureOf(k)) {
                    edge = node[splitOf[edge]];
                }
                above[k] = edge;
                if (edge > 0 && !places.containsKey(edge)) {
                    places.put(edge, byPlace.size());
                    byPlace.add(merged[edge]);
                }
                place[k] = edge == 0 ? 0 : places.getOrDefault(edge, 0);
                for (int child = 2 * k + 1; child <= 2 * k + 2; child++) {
                    merged[child] = share[child] * merged[edge];
                    distinct[child] = distinct[node[k]] + (edge == 0 ? 1 : 0);
                    most = Math.max(most, distinct[child]);
                }
            }
            return byPlace.stream().mapToDouble(Double::doubleValue).toArray();
        }

        private int featureOf(int split) {
            return tree.feature()[original[node[split]]];
        }

        double average() {
            double[] reach = new double[value.length];
            Arrays.fill(reach, 1);
            double mean = value.length == 1 ? value[0] : 0;
            for (int k = 0; k < node.length; k++) {
                for (int child = 2 * k + 1; child <= 2 * k + 2; child++) {
                    reach[child] = reach[node[k]] * share[child];
                    mean += reach[child] * value[child];
                }
            }
            return mean;
        }
    }
}
