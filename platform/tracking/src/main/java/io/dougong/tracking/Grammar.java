package io.dougong.tracking;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What may be searched for in one kind of thing.
 *
 * @param attributes name to whether it is a number; names as MLflow has them
 * @param aliases other names of attributes
 */
record Grammar(Map<String, Boolean> attributes, Map<String, String> aliases, Set<Comparison.Subject> subjects) {

    static final Grammar RUNS = new Grammar(
            Map.of(
                    "run_id", false,
                    "run_name", false,
                    "user_id", false,
                    "status", false,
                    "artifact_uri", false,
                    "start_time", true,
                    "end_time", true),
            Map.of(
                    "created", "start_time",
                    "Created", "start_time",
                    "run name", "run_name",
                    "Run name", "run_name",
                    "Run Name", "run_name"),
            Set.of(Comparison.Subject.values()));

    static final Grammar EXPERIMENTS = new Grammar(
            Map.of("name", false, "experiment_id", false, "creation_time", true, "last_update_time", true),
            Map.of(),
            Set.of(Comparison.Subject.ATTRIBUTE, Comparison.Subject.TAG));

    static final Grammar LOGGED_MODELS = new Grammar(
            Map.of(
                    "name", false,
                    "model_id", false,
                    "model_type", false,
                    "status", false,
                    "source_run_id", false,
                    "creation_timestamp", true,
                    "creation_time", true,
                    "last_updated_timestamp", true),
            Map.of("last_updated_time", "last_updated_timestamp"),
            Set.of(
                    Comparison.Subject.ATTRIBUTE,
                    Comparison.Subject.TAG,
                    Comparison.Subject.PARAMETER,
                    Comparison.Subject.METRIC));

    static final Grammar REGISTERED_MODELS = new Grammar(
            Map.of("name", false, "creation_timestamp", true, "last_updated_timestamp", true),
            Map.of("timestamp", "last_updated_timestamp"),
            Set.of(Comparison.Subject.ATTRIBUTE, Comparison.Subject.TAG));

    static final Grammar MODEL_VERSIONS = new Grammar(
            Map.of(
                    "name", false,
                    "run_id", false,
                    "source_path", false,
                    "version_number", true,
                    "creation_timestamp", true,
                    "last_updated_timestamp", true),
            Map.of(),
            Set.of(Comparison.Subject.ATTRIBUTE, Comparison.Subject.TAG));

    private static final Set<String> OF_DATASETS = Set.of("name", "digest", "context");

    /** The name as it is declared. */
    String attribute(String key) {
        String name = aliases.getOrDefault(key, key);
        if (!attributes.containsKey(name)) {
            throw TrackingProblem.unknownAttribute(key, new TreeSet<>(attributes.keySet()));
        }
        return name;
    }

    String key(Comparison.Subject subject, String key) {
        return switch (subject) {
            case ATTRIBUTE -> attribute(key);
            case DATASET -> {
                if (!OF_DATASETS.contains(key)) {
                    throw TrackingProblem.unknownAttribute(key, new TreeSet<>(OF_DATASETS));
                }
                yield key;
            }
            case METRIC, PARAMETER, TAG -> key;
        };
    }

    boolean isNumber(Comparison.Subject subject, String key) {
        return subject == Comparison.Subject.METRIC
                || (subject == Comparison.Subject.ATTRIBUTE && Boolean.TRUE.equals(attributes.get(key)));
    }
}
