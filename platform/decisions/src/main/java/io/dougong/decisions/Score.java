package io.dougong.decisions;

/**
 * @param margin raw output of the model (log-odds for a classifier)
 * @param probability calibrated probability of the positive class
 */
public record Score(double margin, double probability) {}
