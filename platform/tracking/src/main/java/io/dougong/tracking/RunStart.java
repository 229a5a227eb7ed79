package io.dougong.tracking;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run that begins.
 *
 * @param runId null to be given one
 * @param name null to be given one
 */
public record RunStart(
        String experimentId,
        @Nullable String runId,
        @Nullable String name,
        String userId,
        long startMillis,
        Map<String, String> tags) {

    public RunStart {
        tags = Map.copyOf(tags);
    }
}
