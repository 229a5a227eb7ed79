package io.dougong.models;

/**
 * One regression tree as it was read, node 0 the root.
 *
 * @param left child where the feature is less than the threshold; -1 at a leaf
 * @param threshold of the split; at a leaf, its value
 * @param cover sum of hessians of the training rows that passed the node
 * @param group the output that the tree adds to
 */
record Tree(
        int group, int[] left, int[] right, int[] feature, float[] threshold, boolean[] defaultLeft, float[] cover) {

    boolean isLeaf(int node) {
        return left[node] < 0;
    }

    int nodes() {
        return left.length;
    }
}
