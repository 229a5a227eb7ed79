package io.dougong.tracking;

import java.util.List;
import java.util.Map;

/**
 * A name under which versions of a model are kept.
 *
 * @param aliases alias to version
 * @param latest the newest version of each stage
 * @param managed whether the platform itself keeps it; then it is read here only
 */
public record RegisteredModel(
        String name,
        String description,
        long createdMillis,
        long updatedMillis,
        Map<String, String> tags,
        Map<String, Integer> aliases,
        List<RegisteredVersion> latest,
        boolean managed) {

    public RegisteredModel {
        tags = Map.copyOf(tags);
        aliases = Map.copyOf(aliases);
        latest = List.copyOf(latest);
    }
}
