package io.dougong.models;

import java.util.List;

/**
 * Exact path-dependent TreeSHAP (Lundberg, Erion, Lee 2018, arXiv:1802.03888) by quadrature.
 *
 * <p>Theory. For one leaf with value v, let j run over the distinct features on its path, z_j be the share of training cover that
 * stays on the path at j's splits, and o_j be 1 if the row stays on it and 0 if not. The leaf's game is v times a product, one
 * factor per feature, so by Owen's multilinear extension (Management Science 18, 1972)
 *
 * <pre>  phi_j = v (o_j - z_j) ∫ from 0 to 1 of  product over k ≠ j of (z_k + t (o_k - z_k))  dt</pre>
 *
 * The integrand is a polynomial of degree m - 1 for m features, so Gauss–Legendre with ceil(m / 2) points is exact; four, which the
 * loops take at a time, do for trees of depth 8. All weights are positive and all factors lie in [0, 1]: no alternating sums, unlike
 * the unwinding of subset weights. Leaves share paths: one pass down multiplies the factors at each point t_q into a product per node, one pass up
 * sums v times the factors of the leaves below, and the product of the two, differentiated by o, is what an edge hands its feature.
 * Where a feature was already split on above, the edge's factor replaces the upper one for the leaves below: it divides by the
 * upper factor and takes the upper term back. (The same tree polynomial, evaluated at other points, is behind Linear TreeSHAP: Yu,
 * Xu, Liu, Li 2022, arXiv:2209.08192.) Work per row is splits × points, memory is linear in the nodes.
 */
final class TreeShap {

    private static final int MAX_POINTS = 64;

    private final int inputs;
    private final double average;
    private final ShapTree[] trees;
    private final int nodes;

    TreeShap(List<Tree> trees, RowKeys keys, double base) {
        this.inputs = (keys.size() - 1) / 2;
        GaussLegendre[] rules = new GaussLegendre[MAX_POINTS + 1];
        this.trees = new ShapTree[trees.size()];
        double sum = base;
        int most = 0;
        for (int t = 0; t < this.trees.length; t++) {
            ShapTree tree = ShapTree.of(trees.get(t), keys, rules);
            this.trees[t] = tree;
            sum += tree.average();
            most = Math.max(most, tree.nodes());
        }
        this.average = sum;
        this.nodes = most;
    }

    /** Nodes of the largest tree: what {@link ShapTree.Scratch} must hold. */
    int nodes() {
        return nodes;
    }

    void contributions(long[] keys, ShapTree.Scratch scratch, double[] out, int at) {
        java.util.Arrays.fill(out, at, at + inputs, 0.0);
        for (ShapTree tree : trees) {
            tree.add(keys, scratch, out, at);
        }
        out[at + inputs] = average;
    }
}
