package io.dougong.learn;

import io.dougong.models.Bootstrap;
import io.dougong.models.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** The figures of several classes over drawn rows; what does not depend on the draw is done once. */
final class ClassFigures {

    private static final double SMALLEST_PROBABILITY = 1e-15;

    private final double[][] probabilities;
    private final int[] truths;
    private final int[] tops;
    private final double[] losses;

    /**
     * @param probabilities per row, per class
     * @param truths per row the place of its class, -1 for one that the model does not know
     */
    ClassFigures(double[][] probabilities, int[] truths) {
        this.probabilities = probabilities;
        this.truths = truths;
        this.tops = new int[truths.length];
        this.losses = new double[truths.length];
        for (int row = 0; row < truths.length; row++) {
            tops[row] = top(probabilities[row]);
            losses[row] = -StrictMath.log(Math.max(SMALLEST_PROBABILITY, ofTruth(row)));
        }
    }

    static ClassFigures of(Scored rows, Target.Classes target) {
        double[][] probabilities = new double[rows.rows()][];
        int[] truths = new int[rows.rows()];
        for (int row = 0; row < truths.length; row++) {
            probabilities[row] = target.probabilities(rows.row(row));
            truths[row] = (int) rows.targets()[row];
        }
        return new ClassFigures(probabilities, truths);
    }

    /** Of equally probable ones the first. */
    private static int top(double[] probabilities) {
        int top = 0;
        for (int each = 1; each < probabilities.length; each++) {
            top = probabilities[each] > probabilities[top] ? each : top;
        }
        return top;
    }

    /** 0 for a class that the model does not know. */
    private double ofTruth(int row) {
        return truths[row] < 0 ? 0 : probabilities[row][truths[row]];
    }

    double[] nonconformity() {
        double[] scores = new double[truths.length];
        for (int row = 0; row < scores.length; row++) {
            scores[row] = 1 - ofTruth(row);
        }
        return scores;
    }

    int setSize(int row, double threshold) {
        int size = 0;
        for (double probability : probabilities[row]) {
            size += 1 - probability <= threshold ? 1 : 0;
        }
        return size;
    }

    Map<String, Evaluation.Estimate> estimates(Bootstrap bootstrap, double level) {
        Map<Gate.Metric, ToDoubleFunction<int[]>> figures = new TreeMap<>();
        figures.put(Gate.Metric.ACCURACY, this::accuracy);
        figures.put(Gate.Metric.MACRO_F1, this::macroF1);
        figures.put(Gate.Metric.LOG_LOSS, this::logLoss);
        figures.put(Gate.Metric.AUC, againstTheRest());
        double[] surest = new double[truths.length];
        boolean[] right = new boolean[truths.length];
        for (int row = 0; row < truths.length; row++) {
            surest[row] = probabilities[row][tops[row]];
            right[row] = tops[row] == truths[row];
        }
        figures.put(Gate.Metric.ECE, new TestFigures(surest, right)::ece);
        return Evaluation.Estimate.all(figures, truths.length, bootstrap, level);
    }

    /** Mean over the classes that occur of the area under the curve of each against the rest. */
    private ToDoubleFunction<int[]> againstTheRest() {
        List<TestFigures> classes = new ArrayList<>();
        for (int each = 0; each < (probabilities.length == 0 ? 0 : probabilities[0].length); each++) {
            double[] scores = new double[truths.length];
            boolean[] labels = new boolean[truths.length];
            for (int row = 0; row < truths.length; row++) {
                scores[row] = probabilities[row][each];
                labels[row] = truths[row] == each;
            }
            classes.add(new TestFigures(scores, labels));
        }
        return rows -> classes.stream()
                .mapToDouble(each -> each.auc(rows))
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
    }

    double accuracy(int[] rows) {
        int right = 0;
        for (int row : rows) {
            right += tops[row] == truths[row] ? 1 : 0;
        }
        return (double) right / rows.length;
    }

    private double logLoss(int[] rows) {
        double sum = 0;
        for (int row : rows) {
            sum += losses[row];
        }
        return sum / rows.length;
    }

    /** Over the classes that occur among the rows or their answers. */
    private double macroF1(int[] rows) {
        int classes = probabilities[0].length;
        int[] hits = new int[classes];
        int[] occurrences = new int[classes];
        for (int row : rows) {
            occurrences[tops[row]]++;
            if (truths[row] >= 0) {
                occurrences[truths[row]]++;
                hits[truths[row]] += tops[row] == truths[row] ? 1 : 0;
            }
        }
        double sum = 0;
        int occurring = 0;
        for (int each = 0; each < classes; each++) {
            sum += occurrences[each] == 0 ? 0 : 2.0 * hits[each] / occurrences[each];
            occurring += occurrences[each] == 0 ? 0 : 1;
        }
        return sum / occurring;
    }

    /** Per true class, per most probable one; rows of unknown classes are left out. */
    long[][] matrix() {
        int classes = probabilities.length == 0 ? 0 : probabilities[0].length;
        long[][] counts = new long[classes][classes];
        for (int row = 0; row < truths.length; row++) {
            if (truths[row] >= 0) {
                counts[truths[row]][tops[row]]++;
            }
        }
        return counts;
    }
}
