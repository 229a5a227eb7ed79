package io.dougong.operate;

/**
 * How far what is asked now is from what a version was trained on, in one feature or in the scores.
 *
 * @param psi population stability index over about ten bins; below 0.1 is usually read as stable, above 0.25 as another population
 *     (Siddiqi, <i>Credit Risk Scorecards</i>, 2006)
 * @param byChance what the index would be on average if nothing had changed: {@code (bins − 1) · (1/n + 1/m)} for n and m rows
 *     (Yurdakul, <i>Statistical Properties of Population Stability Index</i>, 2018)
 */
public record Stability(String name, long rows, double psi, double byChance) {}
