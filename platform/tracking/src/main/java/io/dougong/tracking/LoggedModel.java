package io.dougong.tracking;

import java.util.List;
import java.util.Map;

/**
 * A model that a run made, with its files, before and beside any registration.
 *
 * @param sourceRunId empty if no run made it
 * @param metrics the last of each by data set, with the run that measured it
 * @param registrations as name and version
 */
public record LoggedModel(
        String modelId,
        String experimentId,
        String name,
        String artifactUri,
        long createdMillis,
        long updatedMillis,
        Status status,
        String modelType,
        String sourceRunId,
        Lifecycle lifecycle,
        Map<String, String> tags,
        Map<String, String> params,
        List<Measured> metrics,
        List<Map.Entry<String, Integer>> registrations) {

    public LoggedModel {
        tags = Map.copyOf(tags);
        params = Map.copyOf(params);
        metrics = List.copyOf(metrics);
        registrations = List.copyOf(registrations);
    }

    /** Whether its files are there. */
    public enum Status {
        LOGGED_MODEL_STATUS_UNSPECIFIED,
        LOGGED_MODEL_PENDING,
        LOGGED_MODEL_READY,
        LOGGED_MODEL_UPLOAD_FAILED
    }

    /** @param runId that measured it */
    public record Measured(Metric metric, String runId) {}

    /** A model that is about to be logged. */
    public record Start(
            String experimentId,
            String name,
            String modelType,
            String sourceRunId,
            Map<String, String> params,
            Map<String, String> tags) {

        public Start {
            params = Map.copyOf(params);
            tags = Map.copyOf(tags);
        }
    }
}
