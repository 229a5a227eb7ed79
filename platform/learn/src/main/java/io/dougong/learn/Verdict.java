package io.dougong.learn;

/**
 * What a person says is true of a question, where no event tells.
 *
 * @param key of the asking event
 * @param truth true or false, the name of a class, or a number: as the label of the model
 * @param knownMicros event time from which on it is known
 */
public record Verdict(String key, Object truth, long knownMicros) {}
