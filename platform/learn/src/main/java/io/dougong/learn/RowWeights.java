package io.dougong.learn;

import java.util.HashMap;
import java.util.Map;

/** The weights that make groups and labels independent; see {@link Weighting.Reweighing}. */
final class RowWeights {

    private record Cell(int group, boolean label) {}

    private RowWeights() {}

    /** One weight per row; a cell that does not occur has no row to weigh. */
    static double[] reweighed(int[] groups, boolean[] labels) {
        Map<Integer, Long> ofGroup = new HashMap<>();
        Map<Boolean, Long> ofLabel = new HashMap<>();
        Map<Cell, Long> ofBoth = new HashMap<>();
        for (int row = 0; row < groups.length; row++) {
            ofGroup.merge(groups[row], 1L, Long::sum);
            ofLabel.merge(labels[row], 1L, Long::sum);
            ofBoth.merge(new Cell(groups[row], labels[row]), 1L, Long::sum);
        }
        double[] weights = new double[groups.length];
        for (int row = 0; row < weights.length; row++) {
            double expected = (double) ofGroup.getOrDefault(groups[row], 0L) * ofLabel.getOrDefault(labels[row], 0L);
            double found = (double) groups.length * ofBoth.getOrDefault(new Cell(groups[row], labels[row]), 1L);
            weights[row] = expected / found;
        }
        return weights;
    }
}
