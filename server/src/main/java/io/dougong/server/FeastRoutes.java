package io.dougong.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dougong.events.EventLog;
import io.dougong.features.EntityState;
import io.dougong.features.FeatureInfo;
import io.dougong.features.FeatureView;
import io.dougong.kernel.Json;
import io.dougong.kernel.Suggest;
import io.dougong.kernel.Times;
import io.dougong.node.Node;
import io.dougong.trust.Permission;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The calls of Feast's feature server, for each application under {@code /feast/APP}: online features by entity, pushes into streams.
 * A feature view keeps its name, a feature is what follows the dot.
 */
final class FeastRoutes {

    private static final String TAG = "feast";
    private static final String ROOT = "/feast/{application}";
    private static final long MOST_BYTES = 4L << 20;
    private static final int MOST_ROWS = 10_000;
    private static final String NO_TIME = "1970-01-01T00:00:00Z";

    private final Node node;
    private final InstantSource clock;

    /** A feature as Feast refers to it. */
    private record Ref(String view, String feature) {

        String name(boolean full) {
            return full ? view + "__" + feature : feature;
        }

        String own() {
            return view + "." + feature;
        }
    }

    FeastRoutes(Node node, InstantSource clock) {
        this.node = node;
        this.clock = clock;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get(ROOT + "/health")
                        .tag(TAG)
                        .says("Feast: the server runs")
                        .answers(_ -> Reply.ok(Map.of())),
                post("get-online-features", "Feast: the newest values of features for entities")
                        .needs(Permission.READ)
                        .in(Lanes.Kind.READ)
                        .answers(this::online),
                post("push", "Feast: rows for a stream, one column each; durable when it answers")
                        .needs(Permission.APPEND_EVENTS)
                        .in(Lanes.Kind.APPEND)
                        .answers(this::push),
                post("materialize", "Feast: answers once everything appended so far is in the features")
                        .needs(Permission.READ)
                        .in(Lanes.Kind.LONG)
                        .answers(this::materialized),
                post("materialize-incremental", "Feast: the same")
                        .needs(Permission.READ)
                        .in(Lanes.Kind.LONG)
                        .answers(this::materialized));
    }

    private static Endpoint.Builder post(String call, String says) {
        return Endpoint.post(ROOT + "/" + call).tag(TAG).says(says).takes(MOST_BYTES, Endpoint.JSON, Endpoint.UNSAID);
    }

    // Reading

    private Reply online(Call call) {
        String application = call.path("application");
        JsonNode body = Json.tree(call.bytes());
        List<Ref> refs = refs(application, body);
        Map<String, List<Object>> entities = columns("entities", body.path("entities"));
        int rows = entities.values().iterator().next().size();
        boolean full = body.path("full_feature_names").asBoolean(false);
        Map<String, List<@Nullable EntityState>> states = new HashMap<>();
        for (Ref ref : refs) {
            states.computeIfAbsent(ref.view(), view -> states(application, view, entities, rows));
        }
        ObjectNode answer = Json.mapper().createObjectNode();
        ArrayNode names = answer.putObject("metadata").putArray("feature_names");
        ArrayNode results = answer.putArray("results");
        entities.forEach((name, values) -> {
            names.add(name);
            entity(results.addObject(), values);
        });
        for (Ref ref : refs) {
            names.add(ref.name(full));
            feature(results.addObject(), ref, Objects.requireNonNull(states.get(ref.view())));
        }
        return Reply.ok(answer);
    }

    private List<Ref> refs(String application, JsonNode body) {
        if (body.hasNonNull("feature_service")) {
            throw ServerProblem.badField(
                    "feature_service", "is not known here", "List 'features' as \"view:feature\" instead.");
        }
        List<String> known =
                node.features(application).stream().map(FeatureInfo::name).toList();
        List<Ref> refs = new ArrayList<>();
        for (JsonNode feature : body.path("features")) {
            String[] parts = feature.asText().split(":", 2);
            Ref ref = new Ref(parts[0], parts.length < 2 ? "" : parts[1]);
            if (!known.contains(ref.own())) {
                throw ServerProblem.badField(
                        "features",
                        "names '" + feature.asText() + "'",
                        Suggest.near(ref.own(), known).replace(parts[0] + ".", parts[0] + ":"));
            }
            refs.add(ref);
        }
        if (refs.isEmpty()) {
            throw ServerProblem.missingField("features");
        }
        return refs;
    }

    /** Columns of one length, as a data frame. */
    private static Map<String, List<Object>> columns(String field, JsonNode frame) {
        Map<String, List<Object>> columns = new LinkedHashMap<>();
        frame.properties().forEach(column -> {
            List<Object> values = new ArrayList<>();
            column.getValue().forEach(value -> values.add(scalar(field + "." + column.getKey(), value)));
            columns.put(column.getKey(), values);
        });
        long lengths = columns.values().stream().map(List::size).distinct().count();
        if (columns.isEmpty() || lengths > 1) {
            throw ServerProblem.badField(
                    field, columns.isEmpty() ? "has no columns" : "has columns of different lengths", "");
        }
        if (columns.values().iterator().next().size() > MOST_ROWS) {
            throw ServerProblem.badField(field, "has more than " + MOST_ROWS + " rows", "Ask in several calls.");
        }
        return columns;
    }

    private static Object scalar(String field, JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> value.asText();
            case BOOLEAN -> value.asBoolean();
            case NUMBER -> value.isIntegralNumber() ? (Object) value.longValue() : (Object) value.doubleValue();
            default -> throw ServerProblem.badField(field, "holds " + value, "Send texts, numbers, true or false.");
        };
    }

    private List<@Nullable EntityState> states(
            String application, String view, Map<String, List<Object>> entities, int rows) {
        List<String> fields = node.application(application)
                .view(view)
                .map(FeatureView::entity)
                .orElse(List.of());
        for (String field : fields) {
            if (!entities.containsKey(field)) {
                throw ServerProblem.missingField("entities." + field);
            }
        }
        long atMicros = newest(application, view);
        List<@Nullable EntityState> states = new ArrayList<>(rows);
        for (int row = 0; row < rows; row++) {
            int at = row;
            List<Object> key = fields.stream()
                    .map(field -> Objects.requireNonNull(entities.get(field)).get(at))
                    .toList();
            states.add(node.show(application, view, key, atMicros).orElse(null));
        }
        return states;
    }

    private long newest(String application, String view) {
        return FeatureInfo.whenNewestCounts(node.features(application), view)
                .orElseGet(() -> Times.micros(clock.instant()));
    }

    private static void entity(ObjectNode result, List<Object> values) {
        ArrayNode shown = result.putArray("values");
        ArrayNode statuses = result.putArray("statuses");
        ArrayNode times = result.putArray("event_timestamps");
        for (Object value : values) {
            shown.addPOJO(value);
            statuses.add("PRESENT");
            times.add(NO_TIME);
        }
    }

    private static void feature(ObjectNode result, Ref ref, List<@Nullable EntityState> states) {
        ArrayNode values = result.putArray("values");
        ArrayNode statuses = result.putArray("statuses");
        ArrayNode times = result.putArray("event_timestamps");
        for (EntityState state : states) {
            Optional<Double> value = Optional.ofNullable(state)
                    .map(known -> known.values().get(ref.own()))
                    .filter(known -> !known.isNaN());
            values.addPOJO(value.orElse(null));
            statuses.add(state == null ? "NOT_FOUND" : value.isPresent() ? "PRESENT" : "NULL_VALUE");
            times.add(
                    state == null
                            ? NO_TIME
                            : Times.instant(state.newestMicros()).toString());
        }
    }

    // Writing

    private Reply push(Call call) {
        JsonNode body = Json.tree(call.bytes());
        String stream = body.path("push_source_name").asText("");
        Map<String, List<Object>> columns = columns("df", body.path("df"));
        int rows = columns.values().iterator().next().size();
        List<byte[]> events = new ArrayList<>(rows);
        for (int row = 0; row < rows; row++) {
            Map<String, Object> event = new LinkedHashMap<>();
            for (Map.Entry<String, List<Object>> column : columns.entrySet()) {
                event.put(column.getKey(), column.getValue().get(row));
            }
            events.add(Json.bytes(event));
        }
        EventLog.await(node.append(call.path("application"), stream, events));
        return Reply.ok(Map.of("appended", rows));
    }

    private Reply materialized(Call call) {
        node.awaitDecided(call.path("application"));
        return Reply.ok(Map.of());
    }
}
