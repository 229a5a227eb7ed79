package io.dougong.features;

import io.dougong.kernel.Row;

/** A row that asks for features as they were at a time. */
public record Asking(Row row, long atMicros) {}
