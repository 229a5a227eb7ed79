package io.dougong.tracking;

import java.util.Map;
import java.util.regex.Pattern;

/** How much of what is taken. Where MLflow has a limit, it is the same one. */
public final class Limits {

    public static final int MOST_METRICS = 1000;
    public static final int MOST_PARAMS = 100;
    public static final int MOST_TAGS = 100;
    public static final int MOST_ENTITIES = 1000;
    public static final int MOST_DATASETS = 1000;
    public static final int MOST_RUNS_A_PAGE = 50_000;
    public static final int MOST_POINTS_A_PAGE = 25_000;
    public static final int KEY_LENGTH = 250;
    public static final int PARAM_LENGTH = 6_000;
    public static final int TAG_LENGTH = 8_000;
    public static final int EXPERIMENT_NAME_LENGTH = 500;
    public static final int EXPERIMENT_TAG_LENGTH = 20_000;
    public static final int REGISTRY_TAG_LENGTH = 100_000;
    public static final int DESCRIPTION_LENGTH = 20_000;
    public static final int LOCATION_LENGTH = 2_048;
    static final int FILTER_LENGTH = 16_384;
    static final int MOST_COMPARISONS = 64;
    static final int MOST_ORDERS = 16;

    private static final int DATASET_NAME_LENGTH = 500;
    private static final int DATASET_DIGEST_LENGTH = 36;
    private static final int DATASET_SOURCE_LENGTH = 65_535;
    private static final int DATASET_SCHEMA_LENGTH = 1_048_575;
    private static final int DATASET_PROFILE_LENGTH = 16_777_215;
    private static final int NAME_LENGTH = 256;

    /** Keys become paths in clients: no leading slash, no part that is empty, '.' or '..'. */
    private static final Pattern KEY = Pattern.compile("[^\\x00-\\x1f\\\\]+");

    private static final Pattern MODEL_NAME = Pattern.compile("[^/:\\x00-\\x1f]{1,256}");
    private static final Pattern ALIAS = Pattern.compile("[\\w\\-]{1,255}");
    private static final Pattern VERSION_LIKE = Pattern.compile("[vV]\\d+");

    private Limits() {}

    static String key(String field, String key) {
        if (key.isEmpty()) {
            throw TrackingProblem.missing(field);
        }
        if (key.length() > KEY_LENGTH) {
            throw TrackingProblem.tooLong(field, key.length(), KEY_LENGTH);
        }
        if (!KEY.matcher(key).matches() || key.startsWith("/") || hasStep(key)) {
            throw TrackingProblem.badValue(field, key, "a name without control characters that is no path upwards");
        }
        return key;
    }

    private static boolean hasStep(String key) {
        return ("/" + key + "/").contains("/../") || ("/" + key + "/").contains("/./") || key.contains("//");
    }

    /** What is longer is cut there, as MLflow does, so that a long run does not fail over the text of a setting. */
    static String cut(String value, int most) {
        return value.length() <= most ? value : value.substring(0, most);
    }

    static String atMost(String field, String value, int most) {
        if (value.length() > most) {
            throw TrackingProblem.tooLong(field, value.length(), most);
        }
        return value;
    }

    static Batch checked(Batch batch) {
        count("metrics", batch.metrics().size(), MOST_METRICS);
        count("params", batch.params().size(), MOST_PARAMS);
        count("tags", batch.tags().size(), MOST_TAGS);
        count("metrics, params, and tags", batch.size(), MOST_ENTITIES);
        batch.metrics().forEach(metric -> key("metrics.key", metric.key()));
        batch.params().forEach(param -> key("params.key", param.getKey()));
        batch.tags().keySet().forEach(key -> key("tags.key", key));
        return batch;
    }

    static void count(String what, int count, int most) {
        if (count > most) {
            throw TrackingProblem.tooMany(what, count, most);
        }
    }

    static Map<String, String> tags(Map<String, String> tags, int valueLength) {
        tags.forEach((key, value) -> {
            key("tags.key", key);
            atMost("tags.value", value, valueLength);
        });
        return tags;
    }

    static DatasetInput checked(DatasetInput dataset) {
        if (dataset.name().isEmpty() || dataset.digest().isEmpty()) {
            throw TrackingProblem.missing("dataset.name, dataset.digest");
        }
        atMost("dataset.name", dataset.name(), DATASET_NAME_LENGTH);
        atMost("dataset.digest", dataset.digest(), DATASET_DIGEST_LENGTH);
        atMost("dataset.source", dataset.source(), DATASET_SOURCE_LENGTH);
        atMost("dataset.schema", String.valueOf(dataset.schema()), DATASET_SCHEMA_LENGTH);
        atMost("dataset.profile", String.valueOf(dataset.profile()), DATASET_PROFILE_LENGTH);
        tags(dataset.tags(), EXPERIMENT_NAME_LENGTH);
        return dataset;
    }

    static String experimentName(String name) {
        if (name.isBlank()) {
            throw TrackingProblem.missing("name");
        }
        return atMost("name", name, EXPERIMENT_NAME_LENGTH);
    }

    static String runName(String name) {
        return atMost("run_name", name, NAME_LENGTH);
    }

    static String modelName(String name) {
        if (name.isBlank()) {
            throw TrackingProblem.missing("name");
        }
        if (!MODEL_NAME.matcher(name).matches()) {
            throw TrackingProblem.badValue("name", name, "at most 256 characters without '/' and ':'");
        }
        return name;
    }

    static String alias(String alias) {
        if (!ALIAS.matcher(alias).matches()
                || VERSION_LIKE.matcher(alias).matches()
                || alias.equalsIgnoreCase("latest")) {
            throw TrackingProblem.badValue(
                    "alias", alias, "letters, digits, '_' and '-', neither 'latest' nor like a version");
        }
        return alias;
    }
}
