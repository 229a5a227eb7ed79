package io.dougong.decisions;

/**
 * One cause of the score, strongest first.
 *
 * @param code stable reason code, e.g. {@code ORIGIN_ARRIVALS_RATE_LATE_1H_HIGH}
 * @param contribution exact Shapley value in margin space; positive raises the score
 * @param english the reason in words
 * @param chinese the same in Simplified Chinese
 */
public record Reason(String code, String feature, double contribution, String english, String chinese) {}
