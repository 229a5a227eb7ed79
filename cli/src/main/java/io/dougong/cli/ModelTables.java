package io.dougong.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dougong.kernel.Json;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Versions and runs of a model with what fits into a line each; {@code --json} tells everything. */
final class ModelTables {

    private static final List<String> METRICS =
            List.of("auc", "accuracy", "r2", "rmse", "mae", "log_loss", "ece", "coverage", "review_rate");
    private static final int DIGEST = 12;
    private static final double DIGITS = 1e4;

    private ModelTables() {}

    static ArrayNode versions(JsonNode model) {
        ArrayNode rows = Json.mapper().createArrayNode();
        for (JsonNode version : model.path("versions")) {
            ObjectNode row = rows.addObject();
            row.set("version", version.path("version"));
            row.set("roles", version.path("roles"));
            row.set("createdMicros", version.path("createdMicros"));
            metrics(row, version.path("metrics"), "");
            String digest = version.path("digest").asText();
            row.put("digest", digest.substring(0, Math.min(DIGEST, digest.length())));
        }
        return rows;
    }

    static ArrayNode runs(JsonNode model) {
        ArrayNode rows = Json.mapper().createArrayNode();
        for (JsonNode run : model.path("runs")) {
            ObjectNode row = rows.addObject();
            row.set("run", run.path("runId"));
            row.put("state", run.path("state").asText().toLowerCase(Locale.ROOT));
            row.set("startedMicros", run.path("startedMicros"));
            row.put("seconds", seconds(run));
            JsonNode outcome = run.path("outcome");
            row.set("version", run.path("version"));
            row.set("rows", outcome.path("rows").path("train"));
            row.put("gates", gates(run));
            metrics(row, outcome.path("evaluation").path("metrics"), "value");
            row.set("failure", run.path("failure"));
        }
        return rows;
    }

    private static void metrics(ObjectNode row, JsonNode metrics, String inside) {
        for (String metric : METRICS) {
            JsonNode value = inside.isEmpty()
                    ? metrics.path(metric)
                    : metrics.path(metric).path(inside);
            if (value.isNumber()) {
                row.put(metric, Math.round(value.doubleValue() * DIGITS) / DIGITS);
            }
        }
    }

    private static String seconds(JsonNode run) {
        JsonNode ended = run.path("endedMicros");
        return ended.isIntegralNumber()
                ? "%.1f"
                        .formatted(
                                (ended.longValue() - run.path("startedMicros").longValue()) / 1e6)
                : "–";
    }

    private static String gates(JsonNode run) {
        return run.has("passed") ? run.path("passed").asBoolean() ? "passed" : "missed" : "–";
    }

    /** The columns that any row has, in the order of the first that has most. */
    static List<String> columns(ArrayNode rows) {
        return rows.valueStream()
                .max(Comparator.comparingInt(JsonNode::size))
                .map(row -> row.propertyStream()
                        .map(Map.Entry::getKey)
                        .filter(name -> rows.valueStream().anyMatch(each -> shown(each.path(name))))
                        .toList())
                .orElse(List.of());
    }

    private static boolean shown(JsonNode value) {
        return !value.isMissingNode() && !value.isNull();
    }
}
