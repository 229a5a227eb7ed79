package io.dougong.events;

/**
 * The durable answer to an append.
 *
 * @param duplicate whether the stream already held an event of this id, whose position this then is; nothing was written
 */
public record Appended(Position position, boolean duplicate) {}
