package io.dougong.review;

/**
 * Who agrees with whom about an application's cases.
 *
 * @param people any two people about the same case
 * @param withModel people and what the model was leaning to
 * @param withTruth people and what turned out to be right
 * @param modelWithTruth the model's leaning and what turned out to be right, in the same cases
 */
public record AgreementReport(Agreement people, Agreement withModel, Agreement withTruth, Agreement modelWithTruth) {}
