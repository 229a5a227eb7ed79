package io.dougong.models;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A tree renumbered for {@link ShapTree}, with what every split needs to know about the splits above it. */
final class ShapShape {

    private final Tree tree;
    private final int[] original;

    /** Splits {@code 0 .. inner - 1} are inner, the rest twigs. */
    final int inner;
    /** Per split: its node, feature, the edge above on the same feature (0 if none), and that edge's place in {@link #z}. */
    final int[] node;

    final int[] feature;
    final int[] above;
    final int[] place;
    /** Per twig: mean of its leaves; left and right value at {@code 2k} and {@code 2k + 1}. */
    final double[] mean;

    final double[] leaf;
    /** Per node: its share of its parent's cover; its value if it is a leaf, else 0. */
    final double[] share;

    final double[] value;
    /** Cover share that stays on the row's side of a feature after all splits on it, for edges above others. Place 0 is 1. */
    final double[] z;

    final double average;
    final int mostFeatures;

    ShapShape(Tree tree) {
        this.tree = tree;
        List<Integer> order = new ArrayList<>();
        List<Integer> twigs = new ArrayList<>();
        for (int i = 0; i < tree.nodes(); i++) {
            if (!tree.isLeaf(i)) {
                boolean twig = tree.isLeaf(tree.left()[i]) && tree.isLeaf(tree.right()[i]);
                (twig ? twigs : order).add(i);
            }
        }
        this.inner = order.size();
        order.addAll(twigs);
        int splits = order.size();
        this.original = order.stream().mapToInt(Integer::intValue).toArray();
        this.node = new int[splits];
        this.feature = new int[splits];
        this.above = new int[splits];
        this.place = new int[splits];
        this.mean = new double[splits];
        this.leaf = new double[2 * splits];
        this.share = new double[2 * inner + 1];
        this.value = new double[2 * inner + 1];
        share[0] = 1;
        value[0] = splits == 0 ? tree.threshold()[0] : 0.0;
        number();
        this.average = splits == 0 ? value[0] : meanBelow();
        int[] most = {0};
        this.z = relate(most);
        this.mostFeatures = most[0];
    }

    private void number() {
        int[] splitAt = new int[tree.nodes()];
        for (int k = 0; k < original.length; k++) {
            splitAt[original[k]] = k;
        }
        for (int k = 0; k < original.length; k++) {
            int left = tree.left()[original[k]];
            int right = tree.right()[original[k]];
            feature[k] = tree.feature()[original[k]];
            if (k < inner) {
                place(left, 2 * k + 1, k, splitAt);
                place(right, 2 * k + 2, k, splitAt);
            } else {
                leaf[2 * k] = tree.threshold()[left];
                leaf[2 * k + 1] = tree.threshold()[right];
                mean[k] = share(k, left) * leaf[2 * k] + share(k, right) * leaf[2 * k + 1];
            }
        }
    }

    private void place(int child, int id, int parent, int[] splitAt) {
        share[id] = share(parent, child);
        if (tree.isLeaf(child)) {
            value[id] = tree.threshold()[child];
        } else {
            node[splitAt[child]] = id;
        }
    }

    private double share(int split, int child) {
        float cover = tree.cover()[original[split]];
        return cover > 0 ? (double) tree.cover()[child] / cover : 0.0;
    }

    private double meanBelow() {
        double[] below = Arrays.copyOf(value, value.length);
        for (int k = original.length - 1; k >= 0; k--) {
            below[node[k]] =
                    k >= inner ? mean[k] : share[2 * k + 1] * below[2 * k + 1] + share[2 * k + 2] * below[2 * k + 2];
        }
        return below[0];
    }

    /** Fills {@link #above} and {@link #place}, finds the most distinct features on a path; returns z by place. */
    private double[] relate(int[] most) {
        Map<Integer, Integer> places = new HashMap<>();
        List<Double> byPlace = new ArrayList<>(List.of(1.0));
        double[] merged = new double[value.length];
        int[] distinct = new int[value.length];
        merged[0] = 1;
        for (int k = 0; k < node.length; k++) {
            int edge = node[k];
            while (edge > 0 && feature[(edge - 1) / 2] != feature[k]) {
                edge = node[(edge - 1) / 2];
            }
            above[k] = edge;
            if (edge > 0 && !places.containsKey(edge)) {
                places.put(edge, byPlace.size());
                byPlace.add(merged[edge]);
            }
            place[k] = edge == 0 ? 0 : places.getOrDefault(edge, 0);
            int features = distinct[node[k]] + (edge == 0 ? 1 : 0);
            most[0] = Math.max(most[0], features);
            for (int child = 2 * k + 1; k < inner && child <= 2 * k + 2; child++) {
                merged[child] = share[child] * merged[edge];
                distinct[child] = features;
            }
        }
        return byPlace.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Threshold and row slot of every split, as {@link ForestLayout} packs them. */
    long[] tests(RowKeys keys) {
        long[] tests = new long[original.length];
        for (int k = 0; k < tests.length; k++) {
            int slot = keys.slot(feature[k], tree.defaultLeft()[original[k]]);
            tests[k] = (long) RowKeys.key(tree.threshold()[original[k]]) << 32 | slot;
        }
        return tests;
    }
}
