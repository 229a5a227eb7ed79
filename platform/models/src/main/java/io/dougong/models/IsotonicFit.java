package io.dougong.models;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Pool adjacent violators (Ayer et al. 1955): the rising step function nearest to the labels in least squares. Each block gives a knot
 * at its first and its last margin. Blocks without one positive or one negative row are held half a row away from 0 and 1, so
 * that no finite sample claims certainty.
 */
final class IsotonicFit {

    private static final class Block {
        final double first;
        double last;
        long rows;
        long positives;

        Block(double margin, long rows, long positives) {
            this.first = margin;
            this.last = margin;
            this.rows = rows;
            this.positives = positives;
        }

        boolean notAbove(Block next) {
            return positives * next.rows <= next.positives * rows;
        }
    }

    private IsotonicFit() {}

    static Calibrator.Isotonic fit(double[] margins, boolean[] labels) {
        List<Block> blocks = new ArrayList<>();
        for (Block point : points(Labelled.of(margins, labels))) {
            blocks.add(point);
            pool(blocks);
        }
        double bound = 0.5 / (labels.length + 1);
        List<Double> knots = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (Block block : blocks) {
            double value = Math.clamp((double) block.positives / block.rows, bound, 1 - bound);
            knots.add(block.first);
            values.add(value);
            if (block.last > block.first) {
                knots.add(block.last);
                values.add(value);
            }
        }
        return new Calibrator.Isotonic(knots, values);
    }

    private static void pool(List<Block> blocks) {
        while (blocks.size() > 1) {
            Block last = blocks.getLast();
            Block before = blocks.get(blocks.size() - 2);
            if (before.notAbove(last)) {
                return;
            }
            before.last = last.last;
            before.rows += last.rows;
            before.positives += last.positives;
            blocks.removeLast();
        }
    }

    /** One block per distinct margin, by merging the two sorted sides. */
    private static List<Block> points(Labelled sides) {
        List<Block> points = new ArrayList<>();
        int p = 0;
        int n = 0;
        while (p < sides.positives().length || n < sides.negatives().length) {
            double margin = Math.min(at(sides.positives(), p), at(sides.negatives(), n));
            int firstPositive = p;
            int firstNegative = n;
            while (at(sides.positives(), p) == margin) {
                p++;
            }
            while (at(sides.negatives(), n) == margin) {
                n++;
            }
            points.add(new Block(margin, p - firstPositive + n - firstNegative, p - firstPositive));
        }
        return points;
    }

    private static double at(double[] sorted, int i) {
        return i < sorted.length ? sorted[i] : Double.POSITIVE_INFINITY;
    }

    static void check(List<Double> margins, List<Double> probabilities) {
        boolean good = !margins.isEmpty() && margins.size() == probabilities.size();
        for (int i = 0; good && i < margins.size(); i++) {
            good = probabilities.get(i) >= 0
                    && probabilities.get(i) <= 1
                    && (i == 0
                            || margins.get(i - 1) < margins.get(i) && probabilities.get(i - 1) <= probabilities.get(i));
        }
        if (!good) {
            throw new ModelProblem.Corrupt("isotonic calibrator", "its knots do not rise", null);
        }
    }

    static double interpolate(List<Double> margins, List<Double> probabilities, double margin) {
        int found = Collections.binarySearch(margins, margin + 0.0);
        if (found >= 0) {
            return probabilities.get(found);
        }
        int above = -found - 1;
        if (above == 0) {
            return probabilities.getFirst();
        }
        if (above == margins.size()) {
            return probabilities.getLast();
        }
        double share = (margin - margins.get(above - 1)) / (margins.get(above) - margins.get(above - 1));
        double low = probabilities.get(above - 1);
        double high = probabilities.get(above);
        return Math.clamp(low + share * (high - low), low, high);
    }
}
