package io.dougong.learn;

import io.dougong.models.AdaptiveConformal;
import io.dougong.models.Bootstrap;
import io.dougong.models.Calibrator;
import io.dougong.models.Metrics;
import java.util.Map;
import java.util.TreeMap;

/** Measures a model of two classes on rows that are later than everything it was made from. Same rows and seed, same figures to the bit. */
final class Evaluator {

    static final double LEVEL = 0.95;

    private final AdaptiveConformal rule;
    private final Bootstrap bootstrap;

    Evaluator(AdaptiveConformal rule, Bootstrap bootstrap) {
        this.rule = rule;
        this.bootstrap = bootstrap;
    }

    /** @param start of the abstention rule, as the artifact will carry it */
    Evaluation evaluate(Scored test, Calibrator calibrator, AdaptiveConformal.State start) {
        double[] probabilities = test.probabilities(calibrator);
        boolean[] labels = test.labels();
        int positives = 0;
        for (boolean label : labels) {
            positives += label ? 1 : 0;
        }
        return new Evaluation(
                labels.length,
                (double) positives / labels.length,
                new TestFigures(probabilities, labels).estimates(bootstrap, LEVEL),
                AbstentionReplay.of(rule, start, test.table(), probabilities, labels, bootstrap),
                Confusions.of(probabilities, labels),
                Groups.of(test.table(), probabilities, labels));
    }

    /** The metrics that are defined, by the names of gates. */
    static Map<String, Double> defined(Metrics.Binary metrics) {
        Map<String, Double> named = new TreeMap<>();
        for (Gate.Metric metric : Gate.Metric.values()) {
            double value = metrics.byName().getOrDefault(metric.label(), Double.NaN);
            if (Double.isFinite(value)) {
                named.put(metric.label(), value);
            }
        }
        return named;
    }
}
