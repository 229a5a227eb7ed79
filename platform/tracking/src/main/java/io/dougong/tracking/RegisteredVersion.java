package io.dougong.tracking;

import java.util.List;
import java.util.Map;

/**
 * One version of a registered model.
 *
 * @param stage None, Staging, Production or Archived
 * @param source as its maker named it, a URI
 * @param location where its files can be loaded from, a URI
 * @param runId empty if it names none
 * @param modelId of the logged model; empty if it names none
 */
public record RegisteredVersion(
        String name,
        int version,
        String description,
        long createdMillis,
        long updatedMillis,
        String userId,
        String stage,
        String source,
        String location,
        String runId,
        String runLink,
        String modelId,
        Map<String, String> tags,
        List<String> aliases) {

    public RegisteredVersion {
        tags = Map.copyOf(tags);
        aliases = List.copyOf(aliases);
    }

    /** A version that is about to be registered. */
    public record Start(
            String name,
            String source,
            String runId,
            String runLink,
            String modelId,
            String description,
            String userId,
            Map<String, String> tags) {

        public Start {
            tags = Map.copyOf(tags);
        }
    }
}
