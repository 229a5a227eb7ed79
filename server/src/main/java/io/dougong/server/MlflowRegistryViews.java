package io.dougong.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dougong.tracking.LoggedModel;
import io.dougong.tracking.RegisteredModel;
import io.dougong.tracking.RegisteredVersion;
import java.util.TreeMap;

/** Registered and logged models as MLflow's messages have them. */
final class MlflowRegistryViews {

    private MlflowRegistryViews() {}

    static ObjectNode registered(RegisteredModel model) {
        ObjectNode json = MlflowViews.object()
                .put("name", model.name())
                .put("creation_timestamp", model.createdMillis())
                .put("last_updated_timestamp", model.updatedMillis())
                .put("description", model.description());
        MlflowViews.tags(json, "tags", model.tags());
        ArrayNode aliases = json.putArray("aliases");
        new TreeMap<>(model.aliases())
                .forEach((alias, version) ->
                        aliases.addObject().put("alias", alias).put("version", Integer.toString(version)));
        ArrayNode latest = json.putArray("latest_versions");
        model.latest().forEach(version -> latest.add(version(version)));
        return json;
    }

    static ObjectNode version(RegisteredVersion version) {
        ObjectNode json = MlflowViews.object()
                .put("name", version.name())
                .put("version", Integer.toString(version.version()))
                .put("creation_timestamp", version.createdMillis())
                .put("last_updated_timestamp", version.updatedMillis())
                .put("user_id", version.userId())
                .put("current_stage", version.stage())
                .put("description", version.description())
                .put("source", version.source())
                .put("run_id", version.runId())
                .put("run_link", version.runLink())
                .put("status", "READY");
        if (!version.modelId().isEmpty()) {
            json.put("model_id", version.modelId());
        }
        MlflowViews.tags(json, "tags", version.tags());
        ArrayNode aliases = json.putArray("aliases");
        version.aliases().forEach(aliases::add);
        return json;
    }

    static ObjectNode logged(LoggedModel model) {
        ObjectNode json = MlflowViews.object();
        ObjectNode info = json.putObject("info")
                .put("model_id", model.modelId())
                .put("experiment_id", model.experimentId())
                .put("name", model.name())
                .put("creation_timestamp_ms", model.createdMillis())
                .put("last_updated_timestamp_ms", model.updatedMillis())
                .put("artifact_uri", model.artifactUri())
                .put("status", model.status().name())
                .put("model_type", model.modelType())
                .put("source_run_id", model.sourceRunId());
        MlflowViews.tags(info, "tags", model.tags());
        ArrayNode registrations = info.putArray("registrations");
        model.registrations()
                .forEach(one -> registrations
                        .addObject()
                        .put("name", one.getKey())
                        .put("version", Integer.toString(one.getValue())));
        ObjectNode data = json.putObject("data");
        MlflowViews.tags(data, "params", model.params());
        ArrayNode metrics = data.putArray("metrics");
        model.metrics().forEach(measured -> metrics.add(measured(measured)));
        return json;
    }

    private static ObjectNode measured(LoggedModel.Measured measured) {
        ObjectNode json = MlflowViews.metric(measured.metric()).put("run_id", measured.runId());
        var about = measured.metric().about();
        if (about != null) {
            json.put("model_id", about.modelId());
            if (!about.datasetName().isEmpty()) {
                json.put("dataset_name", about.datasetName()).put("dataset_digest", about.datasetDigest());
            }
        }
        return json;
    }
}
