package io.dougong.node;

import io.dougong.models.Metrics;
import java.util.Map;
import java.util.TreeMap;

/**
 * Quality of the labelled decisions of one kind since the node started.
 *
 * @param auc of the calibrated probabilities; of several classes, how well the probability of the answered one tells right from wrong; NaN
 *     until both were seen, and of a number
 * @param mae mean absolute error of a predicted number; NaN for classes
 * @param rmse root of its mean squared error
 * @param shadowAuc model name to the area under its own curve, on the same decisions
 * @param coverageTarget share of prediction sets that shall hold the truth; 0 if the decision never abstains
 */
public record LiveReport(
        long labelled,
        double auc,
        double logLoss,
        double brier,
        double ece,
        Map<String, Double> shadowAuc,
        double reviewRate,
        double coverage,
        double coverageTarget,
        double errorRateDecided,
        double mae,
        double rmse,
        long p50Micros,
        long p99Micros) {

    static LiveReport of(RunningApplication application, String decision) {
        LiveQuality quality = application.counts().quality(decision);
        LiveQuality.Figures figures = quality.figures();
        LiveQuality.Series answers = quality.answers();
        boolean any = answers.labels().length > 0;
        Metrics.Binary metrics = any
                ? Metrics.binary(answers.probabilities(), answers.labels())
                : new Metrics.Binary(0, 0, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        Map<String, Double> shadows = new TreeMap<>();
        quality.shadows()
                .forEach((model, series) -> shadows.put(model, Metrics.auc(series.probabilities(), series.labels())));
        PipelineCounts.Snapshot pipeline = application.counts().snapshot();
        return new LiveReport(
                figures.labelled(),
                metrics.auc(),
                metrics.logLoss(),
                metrics.brier(),
                metrics.ece(),
                shadows,
                figures.reviewRate(),
                figures.coverage(),
                coverageTarget(application, decision),
                figures.errorRateDecided(),
                figures.mae(),
                figures.rmse(),
                pipeline.p50Micros(),
                pipeline.p99Micros());
    }

    private static double coverageTarget(RunningApplication application, String decision) {
        var abstention = application.endpoint(decision).definition().abstention();
        return abstention == null ? 0 : abstention.coverage();
    }
}
