package io.dougong.tracking;

import java.util.Map;

/**
 * Runs that belong together.
 *
 * @param artifactLocation under which the files of its runs lie, a URI
 */
public record Experiment(
        String id,
        String name,
        String artifactLocation,
        Lifecycle lifecycle,
        long createdMillis,
        long updatedMillis,
        Map<String, String> tags) {

    public Experiment {
        tags = Map.copyOf(tags);
    }
}
