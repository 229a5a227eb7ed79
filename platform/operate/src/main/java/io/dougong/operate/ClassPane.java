package io.dougong.operate;

import io.dougong.decisions.Score;
import io.dougong.decisions.Truth;
import java.util.Map;
import java.util.TreeMap;

/**
 * Labelled decisions among several classes of one window: per class the probabilities counted in bins, losses as fixed-point sums.
 *
 * @param classes per class that the model knows, how its probability was distributed
 * @param sums losses, losses expected, labelled, decided, wrong, right at the top, then the sum of misses per bin of the top's probability
 */
record ClassPane(long startMicros, Map<String, Sides> classes, long[] sums) implements LabelledPane {

    private static final int BINS = 64;
    private static final int ECE_BINS = 15;
    private static final double ONE = 0x1p24;

    private static final int LOSS = 0;
    private static final int EXPECTED = 1;
    private static final int LABELLED = 2;
    private static final int DECIDED = 3;
    private static final int WRONG = 4;
    private static final int RIGHT = 5;
    private static final int MISSES = 6;

    /**
     * The probability of one class.
     *
     * @param own per bin the decisions where the class came true
     * @param others the other ones
     */
    record Sides(long[] own, long[] others) {

        private static Sides empty() {
            return new Sides(new long[BINS], new long[BINS]);
        }

        /** NaN where the class never came true, or always did. */
        private double auc() {
            double won = 0;
            long below = 0;
            for (int i = 0; i < BINS; i++) {
                won += own[i] * (below + others[i] / 2.0);
                below += others[i];
            }
            return won / ((double) Divergence.sum(own) * below);
        }
    }

    static ClassPane empty(long startMicros) {
        return new ClassPane(startMicros, new TreeMap<>(), new long[MISSES + ECE_BINS]);
    }

    @Override
    public void add(Score score, Truth truth, boolean decided, boolean wrong) {
        if (!(score instanceof Score.Classes several)
                || !(truth instanceof Truth.Named(String name))
                || Double.isNaN(several.probability())) {
            return;
        }
        double expected = 0;
        for (Map.Entry<String, Double> each : several.classes().entrySet()) {
            double probability = each.getValue();
            Sides sides = classes.computeIfAbsent(each.getKey(), _ -> Sides.empty());
            int bin = Math.clamp((int) (probability * BINS), 0, BINS - 1);
            (each.getKey().equals(name) ? sides.own() : sides.others())[bin]++;
            expected += probability * QualityPane.loss(probability, true);
        }
        boolean right = name.equals(several.top());
        double top = several.probability();
        sums[LOSS] += fixed(QualityPane.loss(several.probability(name), true));
        sums[EXPECTED] += fixed(expected);
        sums[LABELLED]++;
        sums[DECIDED] += decided ? 1 : 0;
        sums[WRONG] += wrong ? 1 : 0;
        sums[RIGHT] += right ? 1 : 0;
        sums[MISSES + Math.clamp((int) (top * ECE_BINS), 0, ECE_BINS - 1)] += fixed(top - (right ? 1 : 0));
    }

    private static long fixed(double value) {
        return (long) StrictMath.rint(value * ONE);
    }

    @Override
    public long labelled() {
        return sums[LABELLED];
    }

    @Override
    public double of(Metric metric) {
        return switch (metric) {
            case ACCURACY -> share(RIGHT, LABELLED);
            case LOG_LOSS -> sums[LOSS] / ONE / sums[LABELLED];
            case EXCESS_LOSS -> (sums[LOSS] - sums[EXPECTED]) / ONE / sums[LABELLED];
            case ECE -> ece();
            case MACRO_AUC -> macroAuc();
            case ABSTENTION -> 1 - share(DECIDED, LABELLED);
            case SELECTIVE_RISK -> share(WRONG, DECIDED);
            case AUC, BRIER, MAE, RMSE, OUTSIDE -> Double.NaN;
        };
    }

    private double share(int part, int whole) {
        return (double) sums[part] / sums[whole];
    }

    private double ece() {
        double sum = 0;
        for (int i = MISSES; i < sums.length; i++) {
            sum += Math.abs(sums[i] / ONE);
        }
        return sum / sums[LABELLED];
    }

    /** Mean over the classes that came true in this window, each against the rest. */
    private double macroAuc() {
        return classes.values().stream()
                .mapToDouble(Sides::auc)
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
    }
}
