package io.dougong.learn;

/**
 * What a person says is true of a question, where no event tells.
 *
 * @param key of the asking event
 * @param knownMicros event time from which on it is known
 */
public record Verdict(String key, boolean positive, long knownMicros) {}
