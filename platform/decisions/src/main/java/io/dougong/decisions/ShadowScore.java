package io.dougong.decisions;

/** What another version would have said about the same question. */
public record ShadowScore(ModelRef model, Score score, Outcome outcome) {}
