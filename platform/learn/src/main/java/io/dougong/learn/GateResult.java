package io.dougong.learn;

/**
 * A gate held against an evaluation.
 *
 * @param measured NaN-free; a metric that is not defined for the test slice never passes
 */
public record GateResult(Gate gate, boolean defined, double measured, boolean passed) {

    static GateResult of(Gate gate, Evaluation evaluation) {
        return evaluation
                .metric(gate.metric())
                .map(metric -> new GateResult(gate, true, metric.value(), gate.holds(metric.value())))
                .orElseGet(() -> new GateResult(gate, false, 0, false));
    }
}
