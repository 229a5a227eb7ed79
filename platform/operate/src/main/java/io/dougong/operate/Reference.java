package io.dougong.operate;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.dougong.kernel.Json;
import io.dougong.models.Task;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was usual when a model version was trained: the yardstick of its monitors, kept with the version.
 *
 * @param format of this record, {@link #FORMAT}
 * @param windowMicros length of the windows that scores were taken over
 * @param labelDelayMicros by when 99 of 100 labels had become known
 * @param features in the model's order
 * @param score the calibrated probabilities, or the predicted numbers, on rows not trained on
 * @param domain of all features together
 * @param quality per metric, on rows not trained on
 * @param task null of two classes
 */
public record Reference(
        int format,
        long windowMicros,
        long fromMicros,
        long toMicros,
        long labelDelayMicros,
        List<OfFeature> features,
        OfFeature score,
        OfDomain domain,
        List<OfQuality> quality,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Task task) {

    /** The version this release writes. */
    public static final int FORMAT = 1;

    public Reference {
        features = List.copyOf(features);
        quality = List.copyOf(quality);
    }

    /**
     * One feature.
     *
     * @param counts per bin, over all of training
     * @param scores Jensen–Shannon distance of each window of training from all others, ascending
     */
    public record OfFeature(String name, Bins bins, long[] counts, double[] scores) {}

    /**
     * All features together.
     *
     * @param sample rows of ranks
     * @param scores how well each window of training was told from the sample (AUC), ascending
     */
    public record OfDomain(byte[][] sample, double[] scores) {}

    /**
     * One metric over the windows of rows that were not trained on.
     *
     * @param deviation between windows, widened for windows that resemble their neighbours
     */
    public record OfQuality(Metric metric, double mean, double deviation, int windows) {}

    Task asked() {
        return task == null ? Task.BINARY : task;
    }

    Optional<OfQuality> of(Metric metric) {
        return quality.stream().filter(each -> each.metric() == metric).findFirst();
    }

    public byte[] bytes() {
        return Json.bytes(this);
    }

    public static Reference read(byte[] json) {
        return Json.read(json, Reference.class);
    }
}
