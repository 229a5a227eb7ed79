package io.dougong.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dougong.kernel.Json;
import io.dougong.tracking.DatasetInput;
import io.dougong.tracking.Experiment;
import io.dougong.tracking.Metric;
import io.dougong.tracking.Page;
import io.dougong.tracking.Run;
import io.dougong.tracking.RunInfo;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Experiments and runs as MLflow's messages have them. */
final class MlflowViews {

    private MlflowViews() {}

    static ObjectNode object() {
        return Json.mapper().createObjectNode();
    }

    static Reply empty() {
        return Reply.ok(object());
    }

    static Reply reply(String name, ObjectNode inner) {
        ObjectNode outer = object();
        outer.set(name, inner);
        return Reply.ok(outer);
    }

    static <T> Reply page(String name, Page<T> page, Function<T, ObjectNode> view) {
        ObjectNode json = object();
        ArrayNode items = json.putArray(name);
        page.items().forEach(item -> items.add(view.apply(item)));
        page.next().ifPresent(token -> json.put("next_page_token", token));
        return Reply.ok(json);
    }

    static void tags(ObjectNode json, String name, Map<String, String> tags) {
        ArrayNode array = json.putArray(name);
        new TreeMap<>(tags)
                .forEach((key, value) -> array.addObject().put("key", key).put("value", value));
    }

    static ObjectNode experiment(Experiment experiment) {
        ObjectNode json = object().put("experiment_id", experiment.id())
                .put("name", experiment.name())
                .put("artifact_location", experiment.artifactLocation())
                .put("lifecycle_stage", experiment.lifecycle().label())
                .put("last_update_time", experiment.updatedMillis())
                .put("creation_time", experiment.createdMillis());
        tags(json, "tags", experiment.tags());
        return json;
    }

    static ObjectNode run(Run run) {
        ObjectNode json = object();
        json.set("info", info(run.info()));
        ObjectNode data = json.putObject("data");
        ArrayNode metrics = data.putArray("metrics");
        run.metrics().forEach(metric -> metrics.add(metric(metric)));
        tags(data, "params", run.params());
        tags(data, "tags", run.tags());
        ObjectNode inputs = json.putObject("inputs");
        ArrayNode datasets = inputs.putArray("dataset_inputs");
        run.datasets().forEach(dataset -> datasets.add(dataset(dataset)));
        ArrayNode models = inputs.putArray("model_inputs");
        run.modelInputs().forEach(model -> models.addObject().put("model_id", model));
        ArrayNode outputs = json.putObject("outputs").putArray("model_outputs");
        run.modelOutputs()
                .forEach(model ->
                        outputs.addObject().put("model_id", model.modelId()).put("step", model.step()));
        return json;
    }

    static ObjectNode info(RunInfo info) {
        ObjectNode json = object().put("run_id", info.runId())
                .put("run_uuid", info.runId())
                .put("run_name", info.name())
                .put("experiment_id", info.experimentId())
                .put("user_id", info.userId())
                .put("status", info.status().name())
                .put("start_time", info.startMillis())
                .put("artifact_uri", info.artifactUri())
                .put("lifecycle_stage", info.lifecycle().label());
        if (info.endMillis() != null) {
            json.put("end_time", info.endMillis());
        }
        return json;
    }

    static ObjectNode metric(Metric metric) {
        return object().put("key", metric.key())
                .put("value", metric.value())
                .put("timestamp", metric.timestampMillis())
                .put("step", metric.step());
    }

    private static ObjectNode dataset(DatasetInput dataset) {
        ObjectNode json = object();
        tags(json, "tags", dataset.tags());
        ObjectNode inner = json.putObject("dataset")
                .put("name", dataset.name())
                .put("digest", dataset.digest())
                .put("source_type", dataset.sourceType())
                .put("source", dataset.source());
        if (dataset.schema() != null) {
            inner.put("schema", dataset.schema());
        }
        if (dataset.profile() != null) {
            inner.put("profile", dataset.profile());
        }
        return json;
    }
}
