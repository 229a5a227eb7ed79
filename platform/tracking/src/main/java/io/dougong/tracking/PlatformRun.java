package io.dougong.tracking;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run of the platform itself, whose truth lies elsewhere and which is shown here as well.
 *
 * @param experiment name of the experiment it belongs to
 */
public record PlatformRun(
        String experiment,
        Map<String, String> experimentTags,
        String runId,
        String name,
        RunStatus status,
        long startMillis,
        @Nullable Long endMillis,
        Map<String, String> params,
        List<Metric> metrics,
        Map<String, String> tags,
        List<DatasetInput> datasets) {

    public PlatformRun {
        experimentTags = Map.copyOf(experimentTags);
        params = Map.copyOf(params);
        metrics = List.copyOf(metrics);
        tags = Map.copyOf(tags);
        datasets = List.copyOf(datasets);
    }
}
