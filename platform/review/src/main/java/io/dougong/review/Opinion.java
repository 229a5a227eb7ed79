package io.dougong.review;

/**
 * What one person says about one case.
 *
 * @param outcome one of the decision's outcomes
 * @param givenMicros event time of the application's newest event when it was given
 * @param note why, in the person's words; may be empty
 */
public record Opinion(String reviewer, String outcome, String note, long givenMicros) {}
