package io.dougong.features;

/** A field computed from others of the same row, declared with its stream; it can be used like any field. */
public record Derived(String name, Transform transform) {}
