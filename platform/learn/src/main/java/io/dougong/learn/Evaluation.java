package io.dougong.learn;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.dougong.models.Bootstrap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * How a model did on the test slice: later than everything it was made from.
 *
 * @param positiveShare of two classes the share of the positive one; else how often the truth was the most probable class, or in the interval
 * @param metrics by the labels of {@link Gate.Metric}; one that is not defined (e.g. AUC with a single class) is absent
 * @param confusion of two classes, at rising thresholds
 * @param groups the test rows by the most frequent values of each text feature
 * @param matrix of several classes, else null
 */
public record Evaluation(
        int rows,
        double positiveShare,
        Map<String, Estimate> metrics,
        Abstention abstention,
        List<Confusion> confusion,
        List<Group> groups,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Matrix matrix) {

    /** Of two classes. */
    public Evaluation(
            int rows,
            double positiveShare,
            Map<String, Estimate> metrics,
            Abstention abstention,
            List<Confusion> confusion,
            List<Group> groups) {
        this(rows, positiveShare, metrics, abstention, confusion, groups, null);
    }

    public Evaluation {
        metrics = Map.copyOf(metrics);
        confusion = List.copyOf(confusion);
        groups = List.copyOf(groups);
    }

    /** A metric with its 95 % bootstrap interval (percentile method). */
    public record Estimate(double value, double low, double high) {

        static Estimate of(Bootstrap.Interval interval) {
            return new Estimate(interval.estimate(), interval.low(), interval.high());
        }

        /** By the labels of the metrics; a figure that is not defined is left out. */
        static Map<String, Estimate> all(
                Map<Gate.Metric, ToDoubleFunction<int[]>> figures, int rows, Bootstrap bootstrap, double level) {
            Map<String, Estimate> estimates = new TreeMap<>();
            figures.forEach((metric, figure) -> {
                Bootstrap.Interval interval = bootstrap.interval(rows, level, figure);
                if (Double.isFinite(interval.estimate()) && interval.replicates() > 0) {
                    estimates.put(metric.label(), of(interval));
                }
            });
            return estimates;
        }
    }

    /**
     * What the abstention rule would have done: the test slice replayed in asking order, each label fed back when it became known.
     *
     * @param promised share of prediction sets that shall hold the truth
     * @param rate step of quantile tracking
     * @param coverage share that did
     * @param reviewRate share of rows where the rule abstained
     * @param errorWhenDecided share of wrong outcomes among the decided; 0 if none was decided
     */
    public record Abstention(
            double promised, double rate, Estimate coverage, Estimate reviewRate, Estimate errorWhenDecided) {}

    /** Counts if everything from the threshold up is called positive. */
    public record Confusion(
            double threshold, long truePositives, long falsePositives, long trueNegatives, long falseNegatives) {}

    /**
     * How often which of several classes was the most probable one.
     *
     * @param counts per true class, per most probable class
     */
    public record Matrix(List<String> classes, List<List<Long>> counts) {

        public Matrix {
            classes = List.copyOf(classes);
            counts = List.copyOf(counts);
        }
    }

    /** The rows where a text feature has one value. */
    public record Group(
            String feature,
            String value,
            int rows,
            double positiveShare,
            double meanProbability,
            Map<String, Double> metrics) {

        public Group {
            metrics = Map.copyOf(metrics);
        }
    }

    /** The measured value that a gate looks at. */
    public Optional<Estimate> metric(Gate.Metric metric) {
        return switch (metric) {
            case COVERAGE -> Optional.of(abstention.coverage());
            case REVIEW_RATE -> Optional.of(abstention.reviewRate());
            case AUC, LOG_LOSS, BRIER, ECE, ACCURACY, MACRO_F1, RMSE, MAE, R2 ->
                Optional.ofNullable(metrics.get(metric.label()));
        };
    }
}
