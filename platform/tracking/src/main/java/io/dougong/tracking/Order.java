package io.dougong.tracking;

/** What a search is sorted by. What has no such value, or none that is a number, comes last either way. */
record Order(Comparison.Subject subject, String key, boolean ascending) {}
