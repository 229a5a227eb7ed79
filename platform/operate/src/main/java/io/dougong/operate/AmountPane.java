package io.dougong.operate;

import io.dougong.decisions.Score;
import io.dougong.decisions.Truth;

/**
 * Labelled numbers of one window. Errors have the unit of the number, so that no fixed point fits all; sums run in the order in which
 * labels came, which is the log's.
 *
 * @param counts labelled, decided, decided wrongly, with an interval, with the truth outside of it
 * @param sums of absolute and of squared errors
 */
record AmountPane(long startMicros, long[] counts, double[] sums) implements LabelledPane {

    private static final int LABELLED = 0;
    private static final int DECIDED = 1;
    private static final int WRONG = 2;
    private static final int BOUNDED = 3;
    private static final int OUTSIDE = 4;

    static AmountPane empty(long startMicros) {
        return new AmountPane(startMicros, new long[OUTSIDE + 1], new double[2]);
    }

    @Override
    public void add(Score score, Truth truth, boolean decided, boolean wrong) {
        if (!(score instanceof Score.Amount amount)
                || !(truth instanceof Truth.Amount(double value))
                || !Double.isFinite(amount.value())) {
            return;
        }
        double miss = Math.abs(amount.value() - value);
        sums[0] += miss;
        sums[1] += miss * miss;
        counts[LABELLED]++;
        counts[DECIDED] += decided ? 1 : 0;
        counts[WRONG] += wrong ? 1 : 0;
        if (!Double.isNaN(amount.low())) {
            counts[BOUNDED]++;
            counts[OUTSIDE] += truth.favours(score) ? 0 : 1;
        }
    }

    @Override
    public long labelled() {
        return counts[LABELLED];
    }

    @Override
    public double of(Metric metric) {
        return switch (metric) {
            case MAE -> sums[0] / counts[LABELLED];
            case RMSE -> StrictMath.sqrt(sums[1] / counts[LABELLED]);
            case OUTSIDE -> (double) counts[OUTSIDE] / counts[BOUNDED];
            case ABSTENTION -> 1 - (double) counts[DECIDED] / counts[LABELLED];
            case SELECTIVE_RISK -> (double) counts[WRONG] / counts[DECIDED];
            case AUC, LOG_LOSS, EXCESS_LOSS, BRIER, ECE, ACCURACY, MACRO_AUC -> Double.NaN;
        };
    }
}
