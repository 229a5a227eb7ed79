package io.dougong.learn;

/**
 * One feature of a {@link Dataset}.
 *
 * @param categorical true for text: values are codes of {@link Dataset#categories}; false for numbers
 */
public record Column(String name, boolean categorical) {}
