package io.dougong.node;

import io.dougong.decisions.Feedback;
import io.dougong.decisions.Outcome;
import io.dougong.decisions.ShadowScore;
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
    private final Series answers = new Series();
    private final Map<String, Series> shadows = new TreeMap<>();

    /** Probabilities and labels side by side. */
    static final class Series {
        private double[] probabilities = new double[FIRST_CAPACITY];
        private boolean[] labels = new boolean[FIRST_CAPACITY];
        private int size;

        private void add(double probability, boolean label) {
            if (size == KEPT) {
                return;
            }
            if (size == labels.length) {
                probabilities = Arrays.copyOf(probabilities, 2 * size);
                labels = Arrays.copyOf(labels, 2 * size);
            }
            probabilities[size] = probability;
            labels[size++] = label;
        }

        double[] probabilities() {
            return Arrays.copyOf(probabilities, size);
        }

        boolean[] labels() {
            return Arrays.copyOf(labels, size);
        }
    }

    /** @param positive the outcome that a positive label makes right */
    synchronized void add(Feedback feedback, Iterable<ShadowScore> shadowScores, String positive) {
        labelled++;
        if (!feedback.outcome().equals(Outcome.REVIEW.label())) {
            decided++;
            wrong += feedback.outcome().equals(positive) == feedback.label() ? 0 : 1;
        }
        double score = feedback.label() ? 1 - feedback.probability() : feedback.probability();
        Double threshold = feedback.threshold();
        covered += threshold != null && score <= threshold ? 1 : 0;
        answers.add(feedback.probability(), feedback.label());
        for (ShadowScore shadow : shadowScores) {
            shadows.computeIfAbsent(shadow.model().name(), _ -> new Series())
                    .add(shadow.score().probability(), feedback.label());
        }
    }

    /**
     * @param coverage share of prediction sets that held the truth
     * @param reviewRate share of labelled decisions that were given to a person
     * @param errorRateDecided errors among the rest
     */
    record Figures(long labelled, long decided, double coverage, double reviewRate, double errorRateDecided) {}

    synchronized Figures figures() {
        return new Figures(
                labelled,
                decided,
                ratio(covered, labelled),
                ratio(labelled - decided, labelled),
                ratio(wrong, decided));
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
