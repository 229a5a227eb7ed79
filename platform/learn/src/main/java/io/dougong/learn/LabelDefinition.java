package io.dougong.learn;

/**
 * Where the truth comes from. The label of a row is known at the event time of the event that brings it, never before.
 *
 * @param stream the events that bring labels
 * @param key the field of that stream that equals the asking event's key
 * @param value a boolean field (also a derived one): true is the positive class
 */
public record LabelDefinition(String stream, String key, String value) {}
