package io.dougong.events;

/**
 * An event as the log holds it.
 *
 * @param sequence order of arrival over all streams and partitions, counting up from 1. Exact in the embedded log: the order
 *     of commit, without gaps when written. Logs without a global order give their best effort, still increasing along each
 *     partition
 * @param ingestedMicros when the log stored it, in microseconds since 1970-01-01T00:00:00Z; never decreases along a partition
 */
public record Stored(Position position, long sequence, long ingestedMicros, Event event) {}
