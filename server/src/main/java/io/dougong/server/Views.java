package io.dougong.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dougong.events.Stored;
import io.dougong.events.StreamInfo;
import io.dougong.features.EntityState;
import io.dougong.features.FeatureInfo;
import io.dougong.kernel.Json;
import io.dougong.kernel.Times;
import io.dougong.lake.SqlResult;
import io.dougong.learn.TrainingRun;
import io.dougong.models.ModelVersion;
import io.dougong.node.ModelRole;
import io.dougong.node.Status;
import io.dougong.trust.AuditReport;
import io.dougong.trust.Role;
import io.dougong.trust.TokenInfo;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the rooms' records look in JSON, where that is not just their components. What is not a number is null. */
final class Views {

    private Views() {}

    private static ObjectNode object() {
        return Json.mapper().createObjectNode();
    }

    static ObjectNode of(Status status) {
        ObjectNode json = object().put("well", status.well());
        ArrayNode applications = json.putArray("applications");
        for (Status.OfApplication application : status.applications()) {
            ObjectNode one = Json.mapper().valueToTree(application.pipeline());
            nullIf(one, "newestMicros", Long.MIN_VALUE);
            ObjectNode row = object().put("application", application.application());
            row.setAll(one);
            row.put("lag", application.lag()).put("openDecisions", application.openDecisions());
            row.put("version", application.version());
            application.failures().forEach(row.putArray("failures")::add);
            applications.add(row);
        }
        ArrayNode streams = json.putArray("streams");
        status.streams().forEach(stream -> streams.add(of(stream)));
        status.failures().forEach(json.putArray("failures")::add);
        return json;
    }

    private static ObjectNode of(StreamInfo stream) {
        return object().put("stream", stream.name())
                .put("partitions", stream.partitions().size())
                .put("events", stream.events());
    }

    private static void nullIf(ObjectNode json, String name, long nothing) {
        if (json.path(name).longValue() == nothing) {
            json.putNull(name);
        }
    }

    static ObjectNode of(Stored stored) {
        ObjectNode event = object();
        event.put("position", stored.position().toString());
        event.put("id", stored.event().id());
        event.put("type", stored.event().type());
        event.put("subject", stored.event().subject());
        event.put("timeMicros", stored.event().timeMicros());
        event.put("time", Times.instant(stored.event().timeMicros()).toString());
        event.put("ingestedMicros", stored.ingestedMicros());
        event.set("data", Json.tree(stored.event().data()));
        return event;
    }

    static ObjectNode of(SqlResult result) {
        ObjectNode json = object();
        ArrayNode columns = json.putArray("columns");
        result.columns().forEach(column -> columns.add(column.name()));
        ArrayNode types = json.putArray("types");
        result.columns().forEach(column -> types.add(column.type().label()));
        ArrayNode rows = json.putArray("rows");
        for (List<@Nullable Object> row : result.rows()) {
            ArrayNode cells = rows.addArray();
            row.forEach(value -> cells.add(scalar(value)));
        }
        return json.put("truncated", result.truncated());
    }

    static JsonNode scalar(@Nullable Object value) {
        return value instanceof Double number && !Double.isFinite(number)
                ? Json.mapper().nullNode()
                : Json.mapper().valueToTree(value);
    }

    static ObjectNode of(FeatureInfo feature) {
        ObjectNode json = object().put("name", feature.name()).put("view", feature.view());
        json.put("stream", feature.stream());
        feature.entity().forEach(json.putArray("entity")::add);
        json.put("window", feature.window().toString()).put("description", feature.description());
        json.put("newestMicros", feature.newestMicros()).put("entities", feature.entities());
        nullIf(json, "newestMicros", Long.MIN_VALUE);
        return json;
    }

    static ObjectNode of(String view, List<Object> key, Optional<EntityState> state) {
        ObjectNode json = object().put("view", view).put("known", state.isPresent());
        json.set("key", Json.mapper().valueToTree(key));
        ObjectNode values = json.putObject("values");
        state.ifPresent(known -> {
            json.put("newestMicros", known.newestMicros()).put("panes", known.panes());
            known.values().forEach((name, value) -> values.set(name, scalar(value)));
        });
        return json;
    }

    static ObjectNode of(TrainingRun run) {
        ObjectNode json = Json.mapper().valueToTree(run);
        TrainingRun.Outcome outcome = run.outcome();
        if (outcome != null) {
            json.put("version", outcome.version()).put("passed", outcome.passed());
        }
        return json;
    }

    static ObjectNode of(ModelVersion version, List<ModelRole> roles) {
        ObjectNode json = object().put("model", version.name())
                .put("version", version.version())
                .put("createdMicros", version.createdMicros())
                .put("digest", version.digest().hex());
        ArrayNode played = json.putArray("roles");
        roles.stream()
                .filter(role -> role.version() == version.version())
                .forEach(role -> played.add(role.route().name()));
        ObjectNode metrics = json.putObject("metrics");
        version.metrics().forEach((name, value) -> metrics.set(name, scalar(value)));
        return json;
    }

    static ObjectNode of(TokenInfo token) {
        ObjectNode json = object();
        json.put("id", token.id()).put("name", token.name()).put("createdMicros", token.createdMicros());
        token.roles().stream().map(Role::name).sorted().forEach(json.putArray("roles")::add);
        put(json, "expiresMicros", token.expiresMicros());
        put(json, "revokedMicros", token.revokedMicros());
        put(json, "lastUsedMicros", token.lastUsedMicros());
        return json;
    }

    private static void put(ObjectNode json, String name, Optional<Long> micros) {
        micros.ifPresentOrElse(value -> json.put(name, value), () -> json.putNull(name));
    }

    static ObjectNode of(AuditReport report) {
        ObjectNode json = object();
        json.put("ok", report.ok()).put("entries", report.entries()).put("records", report.records());
        report.fault()
                .ifPresent(fault -> json.putObject("fault")
                        .put("sequence", fault.sequence())
                        .put("reference", fault.reference())
                        .put("what", fault.what()));
        return json;
    }
}
