package io.dougong.node;

import io.dougong.decisions.Outcome;
import io.dougong.decisions.Score;
import io.dougong.decisions.ShadowScore;
import io.dougong.decisions.Truth;
import io.dougong.serving.DecisionDefinition;
import io.dougong.serving.PredictionSet;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * How good the labelled decisions of one kind have been: counts for ever, and the newest probabilities with their labels (bounded)
 * for the curves that need them.
 */
final class LiveQuality {

    private static final int KEPT = 2_000_000;
    private static final int FIRST_CAPACITY = 1_024;

    private long labelled;
    private long decided;
    private long wrong;
    private long covered;
    private long amounts;
    private double absoluteErrors;
    private double squaredErrors;
    private final Series answers = new Series();
    private final Map<String, Series> shadows = new TreeMap<>();

    /** Probabilities and labels side by side. */
    static final class Series {
        private double[] probabilities = new double[FIRST_CAPACITY];
        private boolean[] labels = new boolean[FIRST_CAPACITY];
        private int size;

        /** Nothing where there is no probability: of a number, or where the model was not asked. */
        private void add(Score score, Truth truth) {
            if (size == KEPT || Double.isNaN(score.probability())) {
                return;
            }
            if (size == labels.length) {
                probabilities = Arrays.copyOf(probabilities, 2 * size);
                labels = Arrays.copyOf(labels, 2 * size);
            }
            probabilities[size] = score.probability();
            labels[size++] = truth.favours(score);
        }

        double[] probabilities() {
            return Arrays.copyOf(probabilities, size);
        }

        boolean[] labels() {
            return Arrays.copyOf(labels, size);
        }
    }

    synchronized void add(Pending.Open open, Truth truth, DecisionDefinition definition) {
        labelled++;
        if (!open.outcome().equals(Outcome.REVIEW.label())) {
            decided++;
            wrong += definition.right(open.outcome(), open.score(), truth) ? 0 : 1;
        }
        covered += PredictionSet.nonconformity(open.score(), truth) <= open.threshold() ? 1 : 0;
        answers.add(open.score(), truth);
        for (ShadowScore shadow : open.shadows()) {
            if (Double.isNaN(shadow.score().probability())) {
                continue;
            }
            shadows.computeIfAbsent(shadow.model().name(), _ -> new Series()).add(shadow.score(), truth);
        }
        if (open.score() instanceof Score.Amount amount && truth instanceof Truth.Amount(double value)) {
            double miss = amount.value() - value;
            amounts++;
            absoluteErrors += Math.abs(miss);
            squaredErrors += miss * miss;
        }
    }

    /**
     * @param coverage share of prediction sets that held the truth
     * @param reviewRate share of labelled decisions that were given to a person
     * @param errorRateDecided errors among the rest
     * @param mae mean absolute error of predicted numbers; NaN if there is none
     * @param rmse root of their mean squared error
     */
    record Figures(
            long labelled,
            long decided,
            double coverage,
            double reviewRate,
            double errorRateDecided,
            double mae,
            double rmse) {}

    synchronized Figures figures() {
        return new Figures(
                labelled,
                decided,
                ratio(covered, labelled),
                ratio(labelled - decided, labelled),
                ratio(wrong, decided),
                absoluteErrors / amounts,
                Math.sqrt(squaredErrors / amounts));
    }

    synchronized Series answers() {
        return answers;
    }

    synchronized Map<String, Series> shadows() {
        return Map.copyOf(shadows);
    }

    private static double ratio(long part, long whole) {
        return whole == 0 ? Double.NaN : (double) part / whole;
    }
}
