package io.dougong.features;

import java.util.List;
import java.util.Map;

/**
 * One entity of a view.
 *
 * @param newestMicros event time of its newest event
 * @param panes how many non-empty minutes are kept
 * @param values feature name to value at the time asked for, NaN if missing
 */
public record EntityState(String view, List<Object> key, long newestMicros, int panes, Map<String, Double> values) {}
