package io.dougong.learn;

/**
 * Where a label event stands that came from a feed found broken: it teaches nothing.
 *
 * @param stream name within the application
 */
public record UntrustedLabel(String stream, int partition, long offset) {}
