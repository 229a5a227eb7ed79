package io.dougong.tracking;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Data that a run read.
 *
 * @param source as JSON, read by the kind that {@code sourceType} names
 * @param tags e.g. {@code mlflow.data.context}: what it was read for
 */
public record DatasetInput(
        String name,
        String digest,
        String sourceType,
        String source,
        @Nullable String schema,
        @Nullable String profile,
        Map<String, String> tags) {

    public DatasetInput {
        tags = Map.copyOf(tags);
    }
}
