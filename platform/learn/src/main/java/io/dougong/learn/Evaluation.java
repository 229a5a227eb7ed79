package io.dougong.learn;

import io.dougong.models.Bootstrap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a model did on the test slice: later than everything it was made from.
 *
 * @param positiveShare of the rows
 * @param metrics {@code auc}, {@code log_loss}, {@code brier}, {@code ece}; one that is not defined (e.g. AUC with a single class) is absent
 * @param confusion at rising thresholds
 * @param groups the test rows by the most frequent values of each text feature
 */
public record Evaluation(
        int rows,
        double positiveShare,
        Map<String, Estimate> metrics,
        Abstention abstention,
        List<Confusion> confusion,
        List<Group> groups) {

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
            case AUC, LOG_LOSS, BRIER, ECE -> Optional.ofNullable(metrics.get(metric.label()));
        };
    }
}
