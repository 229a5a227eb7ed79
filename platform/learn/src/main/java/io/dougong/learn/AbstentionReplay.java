package io.dougong.learn;

import io.dougong.models.AdaptiveConformal;
import io.dougong.models.AdaptiveConformal.State;
import io.dougong.models.AdaptiveConformal.Verdict;
import io.dougong.models.Bootstrap;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * What the abstention rule would have done live: at each row's moment the labels known by then have moved the threshold, the later
 * ones have not.
 */
final class AbstentionReplay {

    /** A row whose label is on its way. */
    private record Outstanding(int row, long knownMicros, double threshold) {}

    private final AdaptiveConformal rule;
    private final PriorityQueue<Outstanding> outstanding = new PriorityQueue<>(
            Comparator.comparingLong(Outstanding::knownMicros).thenComparingInt(Outstanding::row));
    private final double[] nonconformity;
    private final Decides decides;
    private final boolean[] covered;
    private final boolean[] decided;
    private State state;

    /** Whether a row would be decided at a threshold. */
    interface Decides {
        boolean at(int row, double threshold);
    }

    private AbstentionReplay(AdaptiveConformal rule, State start, double[] nonconformity, Decides decides) {
        this.rule = rule;
        this.state = start;
        this.nonconformity = nonconformity;
        this.decides = decides;
        this.covered = new boolean[nonconformity.length];
        this.decided = new boolean[nonconformity.length];
    }

    /** Of two classes; {@code table} are the rows that the probabilities belong to, oldest first. */
    static Evaluation.Abstention of(
            AdaptiveConformal rule,
            State start,
            TrainingTable table,
            double[] probabilities,
            boolean[] labels,
            Bootstrap bootstrap) {
        double[] nonconformity = new double[labels.length];
        for (int row = 0; row < labels.length; row++) {
            nonconformity[row] = labels[row] ? 1 - probabilities[row] : probabilities[row];
        }
        return of(
                rule,
                start,
                table,
                nonconformity,
                (row, threshold) -> Verdict.of(probabilities[row], threshold).decided(),
                bootstrap);
    }

    /** @param nonconformity of the truth of each row, oldest first */
    static Evaluation.Abstention of(
            AdaptiveConformal rule,
            State start,
            TrainingTable table,
            double[] nonconformity,
            Decides decides,
            Bootstrap bootstrap) {
        AbstentionReplay replay = new AbstentionReplay(rule, start, nonconformity, decides);
        for (int row = 0; row < nonconformity.length; row++) {
            replay.learn(table.askedMicros(row));
            replay.decide(row, table.knownMicros(row));
        }
        return replay.summary(bootstrap);
    }

    private void learn(long nowMicros) {
        Outstanding next = outstanding.peek();
        while (next != null && next.knownMicros() <= nowMicros) {
            outstanding.remove();
            state = rule.afterTruth(state, nonconformity[next.row()], next.threshold(), decided[next.row()]);
            next = outstanding.peek();
        }
    }

    private void decide(int row, long knownMicros) {
        double threshold = state.q();
        decided[row] = decides.at(row, threshold);
        covered[row] = nonconformity[row] <= threshold;
        outstanding.add(new Outstanding(row, knownMicros, threshold));
    }

    private Evaluation.Abstention summary(Bootstrap bootstrap) {
        return new Evaluation.Abstention(
                1 - rule.alpha(),
                rule.eta(),
                estimate(bootstrap, this::coverage),
                estimate(bootstrap, this::reviewRate),
                estimate(bootstrap, this::errorWhenDecided));
    }

    private Evaluation.Estimate estimate(Bootstrap bootstrap, java.util.function.ToDoubleFunction<int[]> figure) {
        return Evaluation.Estimate.of(bootstrap.interval(covered.length, Evaluator.LEVEL, figure));
    }

    private double coverage(int[] rows) {
        int hits = 0;
        for (int row : rows) {
            hits += covered[row] ? 1 : 0;
        }
        return (double) hits / rows.length;
    }

    private double reviewRate(int[] rows) {
        int reviews = 0;
        for (int row : rows) {
            reviews += decided[row] ? 0 : 1;
        }
        return (double) reviews / rows.length;
    }

    /** A decided row is wrong if its one answer is not the truth, that is, if the set does not hold the truth. */
    private double errorWhenDecided(int[] rows) {
        int decisions = 0;
        int wrong = 0;
        for (int row : rows) {
            decisions += decided[row] ? 1 : 0;
            wrong += decided[row] && !covered[row] ? 1 : 0;
        }
        return decisions == 0 ? 0 : (double) wrong / decisions;
    }
}
