package io.dougong.events;

/** An event and the stream it is to be appended to. */
public record Addressed(String stream, Event event) {}
