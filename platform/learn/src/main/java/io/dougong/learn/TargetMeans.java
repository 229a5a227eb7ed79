package io.dougong.learn;

import io.dougong.models.Task;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * The mean of the target by the code of a text, rare codes drawn towards the mean of all (Micci-Barreca 2001). Sums run in row order.
 */
final class TargetMeans {

    /** Rows of average target that are added to each code. */
    private static final double PRIOR_ROWS = 20;

    private final long[] rows;
    private final double[] sums;
    private long allRows;
    private double allSum;

    TargetMeans(int codes) {
        this.rows = new long[codes];
        this.sums = new double[codes];
    }

    /** The targets whose means are taken: of several classes whether a row is of the most frequent one. */
    static double[] targets(Task task, int count, IntToDoubleFunction target) {
        double[] targets = new double[count];
        Arrays.setAll(targets, target);
        if (task == Task.MULTICLASS) {
            double usual = mostFrequent(targets);
            Arrays.setAll(targets, row -> targets[row] == usual ? 1 : 0);
        }
        return targets;
    }

    /** Of equally frequent ones the smallest. */
    private static double mostFrequent(double[] targets) {
        double[] sorted = targets.clone();
        Arrays.sort(sorted);
        double best = Double.NaN;
        int most = 0;
        for (int from = 0, to; from < sorted.length; from = to) {
            to = from;
            while (to < sorted.length && sorted[to] == sorted[from]) {
                to++;
            }
            if (to - from > most) {
                most = to - from;
                best = sorted[from];
            }
        }
        return best;
    }

    /** @param code NaN if the text is missing */
    void add(float code, double target) {
        if (!Float.isNaN(code)) {
            rows[(int) code]++;
            sums[(int) code] += target;
            allRows++;
            allSum += target;
        }
    }

    long rows(int code) {
        return rows[code];
    }

    double of(int code) {
        double average = allSum / Math.max(1, allRows);
        return (sums[code] + PRIOR_ROWS * average) / (rows[code] + PRIOR_ROWS);
    }
}
