package io.dougong.decisions;

/**
 * How sure the answer is, and when it would have abstained.
 *
 * @param value calibrated probability of the answer that the score points to, 0.5 to 1 for two classes
 * @param threshold nonconformity threshold q in force; NaN if this decision never abstains
 * @param coverageTarget share of prediction sets that shall hold the truth
 * @param setSize number of classes in the prediction set; a decision needs exactly one
 */
public record Confidence(double value, double threshold, double coverageTarget, int setSize) {}
