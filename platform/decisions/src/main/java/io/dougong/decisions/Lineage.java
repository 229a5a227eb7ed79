package io.dougong.decisions;

import io.dougong.kernel.Digest;
import io.dougong.kernel.Offsets;

/**
 * Where the values came from.
 *
 * @param read the events that the feature values had seen
 * @param featuresVersion digest of the feature definitions
 * @param cached whether score and reasons came from the result cache
 */
public record Lineage(Offsets read, Digest featuresVersion, boolean cached) {}
