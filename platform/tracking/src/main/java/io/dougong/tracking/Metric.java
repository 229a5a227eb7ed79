package io.dougong.tracking;

import org.jspecify.annotations.Nullable;

/**
 * One point of a curve.
 *
 * @param value also NaN or infinite
 * @param about what else it was measured of; null if it is about the run alone
 */
public record Metric(
        String key,
        double value,
        long timestampMillis,
        long step,
        @Nullable About about) {

    /**
     * @param modelId of the logged model; empty if none
     * @param datasetName empty if none
     * @param datasetDigest empty if none
     */
    public record About(String modelId, String datasetName, String datasetDigest) {}

    public static Metric of(String key, double value, long timestampMillis, long step) {
        return new Metric(key, value, timestampMillis, step, null);
    }
}
