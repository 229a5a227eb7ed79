package io.dougong.tracking;

import org.jspecify.annotations.Nullable;

/** What changes; null leaves it as it is. */
public record RunUpdate(
        @Nullable RunStatus status,
        @Nullable Long endMillis,
        @Nullable String name) {}
