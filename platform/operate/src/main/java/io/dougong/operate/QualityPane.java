package io.dougong.operate;

import io.dougong.decisions.Score;
import io.dougong.decisions.Truth;

/**
 * Labelled decisions between two classes of one window: probabilities counted in narrow bins, losses as fixed-point sums. Counts and integer sums alone, so
 * panes of parts merge to the pane of the whole, whatever the order.
 *
 * @param startMicros event time at which the window's decisions began to be asked
 * @param positives per bin of probability the decisions that were labelled true
 * @param negatives likewise false
 * @param sums sum of losses, of squared misses, number decided, number wrong, of losses expected, then the sum of misses per bin of probability
 */
record QualityPane(long startMicros, long[] positives, long[] negatives, long[] sums) implements LabelledPane {

    private static final int BINS = 256;
    private static final int ECE_BINS = 15;
    private static final double ONE = 0x1p24;
    private static final double SMALLEST_PROBABILITY = 1e-15;

    private static final int LOSS = 0;
    private static final int SQUARES = 1;
    private static final int DECIDED = 2;
    private static final int WRONG = 3;
    private static final int EXPECTED = 4;
    private static final int MISSES = 5;

    static QualityPane empty(long startMicros) {
        return new QualityPane(startMicros, new long[BINS], new long[BINS], new long[MISSES + ECE_BINS]);
    }

    /** Of several classes, where the version's reference knows of two only, whether the most probable one was right. */
    @Override
    public void add(Score score, Truth truth, boolean decided, boolean wrong) {
        add(score.probability(), truth.favours(score), decided, wrong);
    }

    void add(double probability, boolean label, boolean decided, boolean wrong) {
        if (Double.isNaN(probability)) {
            return;
        }
        int bin = Math.clamp((int) (probability * BINS), 0, BINS - 1);
        (label ? positives : negatives)[bin]++;
        double miss = probability - (label ? 1 : 0);
        sums[LOSS] += fixed(loss(probability, label));
        sums[EXPECTED] += fixed(expected(probability));
        sums[SQUARES] += fixed(miss * miss);
        sums[DECIDED] += decided ? 1 : 0;
        sums[WRONG] += wrong ? 1 : 0;
        sums[MISSES + Math.clamp((int) (probability * ECE_BINS), 0, ECE_BINS - 1)] += fixed(miss);
    }

    static double loss(double probability, boolean label) {
        return -StrictMath.log(Math.max(SMALLEST_PROBABILITY, label ? probability : 1 - probability));
    }

    /** The loss that a calibrated probability expects of itself: its entropy. */
    private static double expected(double probability) {
        return probability * loss(probability, true) + (1 - probability) * loss(probability, false);
    }

    private static long fixed(double value) {
        return (long) StrictMath.rint(value * ONE);
    }

    QualityPane plus(QualityPane other) {
        return new QualityPane(
                Math.min(startMicros, other.startMicros),
                sum(positives, other.positives),
                sum(negatives, other.negatives),
                sum(sums, other.sums));
    }

    private static long[] sum(long[] a, long[] b) {
        long[] both = a.clone();
        for (int i = 0; i < both.length; i++) {
            both[i] += b[i];
        }
        return both;
    }

    @Override
    public long labelled() {
        return Divergence.sum(positives) + Divergence.sum(negatives);
    }

    /** Chance that a positive scores above a negative, equal bins count half: within 1/256 in probability. */
    double auc() {
        double won = 0;
        long below = 0;
        for (int i = 0; i < BINS; i++) {
            won += positives[i] * (below + negatives[i] / 2.0);
            below += negatives[i];
        }
        return won / ((double) Divergence.sum(positives) * below);
    }

    double logLoss() {
        return mean(LOSS);
    }

    double ece() {
        double sum = 0;
        for (int i = MISSES; i < sums.length; i++) {
            sum += Math.abs(sums[i] / ONE);
        }
        return sum / labelled();
    }

    private double mean(int sum) {
        return sums[sum] / ONE / labelled();
    }

    double abstention() {
        return 1 - (double) sums[DECIDED] / labelled();
    }

    double selectiveRisk() {
        return (double) sums[WRONG] / sums[DECIDED];
    }

    @Override
    public double of(Metric metric) {
        return switch (metric) {
            case AUC -> auc();
            case LOG_LOSS -> logLoss();
            case BRIER -> mean(SQUARES);
            case EXCESS_LOSS -> mean(LOSS) - mean(EXPECTED);
            case ECE -> ece();
            case ABSTENTION -> abstention();
            case SELECTIVE_RISK -> selectiveRisk();
            case ACCURACY, MACRO_AUC, MAE, RMSE, OUTSIDE -> Double.NaN;
        };
    }
}
