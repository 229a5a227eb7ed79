package io.dougong.tracking;

import java.util.List;
import java.util.Map;

/**
 * One attempt and what was noted about it.
 *
 * @param metrics the last point of each
 * @param modelInputs ids of the logged models that it used
 */
public record Run(
        RunInfo info,
        List<Metric> metrics,
        Map<String, String> params,
        Map<String, String> tags,
        List<DatasetInput> datasets,
        List<String> modelInputs,
        List<ModelOutput> modelOutputs) {

    public Run {
        metrics = List.copyOf(metrics);
        params = Map.copyOf(params);
        tags = Map.copyOf(tags);
        datasets = List.copyOf(datasets);
        modelInputs = List.copyOf(modelInputs);
        modelOutputs = List.copyOf(modelOutputs);
    }

    /** A logged model that the run made. */
    public record ModelOutput(String modelId, long step) {}
}
