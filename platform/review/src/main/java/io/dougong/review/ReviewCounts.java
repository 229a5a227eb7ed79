package io.dougong.review;

/**
 * The desk in numbers.
 *
 * @param overdue of the waiting
 * @param disputed of the waiting
 */
public record ReviewCounts(long waiting, long overdue, long disputed, long settled, long overtaken) {}
