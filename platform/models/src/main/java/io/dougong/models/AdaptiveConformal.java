package io.dougong.models;

import java.util.Arrays;

/**
 * Says when a model should not decide, so that a stated share of its prediction sets holds the truth, also while the data drift and labels
 * come late.
 *
 * <p>Theory. The nonconformity of answer y is s(y) = 1 - p_y; the prediction set is C = {y : s(y) ≤ q}. Exactly one answer in C:
 * decide; both (too close) or none (like nothing seen): a person must look. The first q is the split-conformal quantile of a
 * calibration set (Vovk et al. 2005): the ceil((n + 1)(1 - α))-th smallest score of the true answers. Then, at each label,
 *
 * <pre>  q ← q + η (1[s(truth) &gt; q] - α)</pre>
 *
 * which is quantile tracking, the P-control of Angelopoulos, Candès and Tibshirani (Conformal PID control, NeurIPS 2023), at the q
 * in force when the label <em>arrives</em>. With the q in force when the question was asked, as that paper writes it for labels
 * that come at once, D labels on their way are a dead time in a control loop: it swings once η D nears 1 (flights: D = 3,000), and
 * then covers everything or nothing in turn, right on average and useless. The loop here has no dead time, whatever D is.
 *
 * <p>Guarantee, for any sequence and any delays. q falls only from q ≥ s ≥ 0 and rises only from q &lt; s ≤ 1, so it stays in
 * [-η, 1 + η]. The steps telescope, q_T - q_0 = η Σ (1[s &gt; q] - α), hence
 *
 * <pre>  | share of T labels outside the set of their arrival - α |  ≤  (1 + 2η) / (η T)</pre>
 *
 * What was promised when asking differs from that by how far the scores drift while labels are on their way; {@link State#coverage}
 * counts that figure itself, at the q that was used.
 *
 * <p>Nothing in this needs two classes: with several, s(y) = 1 - p_y again; for a number, s(y) is the distance from the prediction in usual
 * distances ({@link Spread}), the set is an interval, and the bound has the largest s that occurs in the place of 1. The methods that take
 * a nonconformity serve all three.
 *
 * <p>Coverage counts sets of both answers as right. It is not the error among the decided, which may be larger; {@link State} counts
 * the two apart.
 *
 * @param alpha share of prediction sets that may miss the truth, e.g. 0.1
 * @param eta step: larger follows drift faster and makes q noisier, e.g. 0.005
 */
public record AdaptiveConformal(double alpha, double eta) {

    public AdaptiveConformal {
        if (!(alpha > 0 && alpha < 1 && eta > 0 && eta <= 1)) {
            throw new ModelProblem.BadInput(
                    "bad-abstention",
                    "alpha " + alpha + " must be between 0 and 1, eta " + eta + " positive and at most 1.",
                    "For example alpha 0.1 and eta 0.005.");
        }
    }

    /** What the prediction set says. */
    public enum Answer {
        POSITIVE,
        NEGATIVE,
        REVIEW
    }

    /**
     * @param setSize answers in the prediction set: 0, 1 or 2; 1 decides
     */
    public record Verdict(Answer answer, int setSize) {

        public boolean decided() {
            return answer != Answer.REVIEW;
        }

        /** The prediction set at threshold {@code q} of a calibrated probability. */
        public static Verdict of(double probability, double q) {
            boolean positive = covers(probability, q, true);
            boolean negative = covers(probability, q, false);
            if (positive == negative) {
                return new Verdict(Answer.REVIEW, positive ? 2 : 0);
            }
            return new Verdict(positive ? Answer.POSITIVE : Answer.NEGATIVE, 1);
        }
    }

    /**
     * Where the threshold is and what the labels so far have shown.
     *
     * @param q threshold for the next decision
     * @param labels labels seen
     * @param covered of these, the prediction set held the truth
     * @param decided of these, the set had one answer
     * @param wrong of the decided, the answer was not the truth
     */
    public record State(double q, long labels, long covered, long decided, long wrong) {

        public static State at(double q) {
            return new State(q, 0, 0, 0, 0);
        }

        /** Share of prediction sets that held the truth; 1 before the first label. */
        public double coverage() {
            return labels == 0 ? 1 : (double) covered / labels;
        }

        /** Share of wrong answers among those decided; 0 before the first. */
        public double errorAmongDecided() {
            return decided == 0 ? 0 : (double) wrong / decided;
        }

        /** Share that went to a person; 0 before the first label. */
        public double reviewRate() {
            return labels == 0 ? 0 : 1 - (double) decided / labels;
        }
    }

    /**
     * Starts from rows that neither the model nor its calibrator was fitted on.
     *
     * @param probabilities calibrated probabilities of the positive answer
     */
    public State initial(double[] probabilities, boolean[] labels) {
        Labelled.check(probabilities, labels.length);
        double[] scores = new double[labels.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = score(probabilities[i], labels[i]);
        }
        return initial(scores, 1.0);
    }

    /**
     * @param nonconformity of the truth of rows that nothing was fitted on; is sorted
     * @param all where to start if the rows are too few for the coverage
     */
    public State initial(double[] nonconformity, double all) {
        Arrays.sort(nonconformity);
        int rank = (int) Math.ceil((nonconformity.length + 1) * (1 - alpha));
        return State.at(rank > nonconformity.length ? all : nonconformity[rank - 1]);
    }

    /**
     * Takes one label in; labels may come in any order and late.
     *
     * @param qUsed threshold when the question was asked: what coverage is counted at
     */
    public State afterLabel(State state, double probability, double qUsed, boolean label) {
        return afterTruth(
                state,
                score(probability, label),
                qUsed,
                Verdict.of(probability, qUsed).decided());
    }

    /**
     * The same for any question.
     *
     * @param nonconformity of the truth
     * @param decided whether the question was not left to a person
     */
    public State afterTruth(State state, double nonconformity, double qUsed, boolean decided) {
        boolean covered = nonconformity <= qUsed;
        return new State(
                state.q + eta * ((nonconformity <= state.q ? 0 : 1) - alpha),
                state.labels + 1,
                state.covered + (covered ? 1 : 0),
                state.decided + (decided ? 1 : 0),
                state.wrong + (decided && !covered ? 1 : 0));
    }

    private static boolean covers(double probability, double q, boolean answer) {
        return score(probability, answer) <= q;
    }

    private static double score(double probability, boolean answer) {
        return answer ? 1 - probability : probability;
    }
}
