package io.dougong.server;

import static io.dougong.server.BodyField.optional;
import static io.dougong.server.BodyField.required;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dougong.decisions.Route;
import io.dougong.features.FeatureInfo;
import io.dougong.features.FeatureView;
import io.dougong.kernel.Json;
import io.dougong.kernel.Suggest;
import io.dougong.kernel.Times;
import io.dougong.learn.ModelDefinition;
import io.dougong.learn.Progress;
import io.dougong.manifest.Application;
import io.dougong.manifest.Manifest;
import io.dougong.manifest.Plan;
import io.dougong.node.ModelRole;
import io.dougong.node.Node;
import io.dougong.trust.Permission;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Applications, their features and their models. */
final class ApplicationRoutes {

    private static final String TAG = "applications";
    private static final String YAML = "application/yaml";
    private static final long MANIFEST_BYTES = 1024 * 1024L;

    private final Node node;
    private final InstantSource clock;

    ApplicationRoutes(Node node, InstantSource clock) {
        this.node = node;
        this.clock = clock;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.post("/api/v1/plans")
                        .tag(TAG)
                        .says("What applying this manifest would change")
                        .needs(Permission.READ)
                        .in(Lanes.Kind.READ)
                        .takes(MANIFEST_BYTES, YAML)
                        .answers(call -> plan(call)),
                Endpoint.post("/api/v1/applications")
                        .tag(TAG)
                        .says("Bring a manifest into force")
                        .needs(Permission.DEFINE)
                        .in(Lanes.Kind.LONG)
                        .takes(MANIFEST_BYTES, YAML)
                        .answers(call -> apply(call)),
                Endpoint.get("/api/v1/applications")
                        .tag(TAG)
                        .says("The applications in force")
                        .needs(Permission.READ)
                        .in(Lanes.Kind.READ)
                        .answers(_ -> Reply.ok(Map.of(
                                "applications",
                                node.applications().stream()
                                        .map(ApplicationRoutes::brief)
                                        .toList()))),
                Endpoint.get("/api/v1/applications/{application}")
                        .tag(TAG)
                        .says("The manifest in force, as YAML")
                        .needs(Permission.READ)
                        .in(Lanes.Kind.READ)
                        .answers(call -> Reply.yaml(Manifest.write(node.application(call.path("application"))))),
                Endpoint.get("/api/v1/applications/{application}/features")
                        .tag("features")
                        .says("All features and how fresh they are")
                        .needs(Permission.READ)
                        .in(Lanes.Kind.READ)
                        .answers(call -> Reply.ok(Map.of(
                                "features",
                                node.features(call.path("application")).stream()
                                        .map(Views::of)
                                        .toList()))),
                Endpoint.post("/api/v1/applications/{application}/features/{view}")
                        .tag("features")
                        .says("The values of a feature view for one entity")
                        .needs(Permission.READ)
                        .in(Lanes.Kind.READ)
                        .body(
                                optional("entity", BodyField.Type.SCALARS, "the entity's fields"),
                                optional("at", BodyField.Type.TEXT, "event time, RFC 3339; the newest if absent"))
                        .answers(this::features),
                Endpoint.post("/api/v1/applications/{application}/verify-features")
                        .tag("features")
                        .says("Compute every streamed value again from the lake and compare")
                        .needs(Permission.READ)
                        .in(Lanes.Kind.LONG)
                        .answers(call -> Reply.ok(node.verifyFeatures(call.path("application")))),
                Endpoint.get("/api/v1/applications/{application}/models")
                        .tag("models")
                        .says("The application's models, with versions and roles")
                        .needs(Permission.READ)
                        .in(Lanes.Kind.READ)
                        .answers(call -> Reply.ok(Map.of("models", models(call.path("application"))))),
                Endpoint.get("/api/v1/applications/{application}/models/{model}")
                        .tag("models")
                        .says("One model")
                        .needs(Permission.READ)
                        .in(Lanes.Kind.READ)
                        .answers(call -> model(call)),
                Endpoint.post("/api/v1/applications/{application}/models/{model}/train")
                        .tag("models")
                        .says("Train a new version; answers when it is registered")
                        .needs(Permission.DEFINE)
                        .in(Lanes.Kind.LONG)
                        .answers(call -> Reply.ok(Views.of(node.models()
                                .train(
                                        call.path("application"),
                                        call.path("model"),
                                        Progress.NONE,
                                        call.caller().actor())))),
                Endpoint.post("/api/v1/applications/{application}/models/{model}/promote")
                        .tag("models")
                        .says("Give a version a role in the traffic")
                        .needs(Permission.DEFINE)
                        .in(Lanes.Kind.LONG)
                        .body(
                                required("version", BodyField.Type.INTEGER, "which version"),
                                optional(
                                        "route",
                                        BodyField.Type.TEXT,
                                        "CHAMPION (if absent), CHALLENGER, CANARY, SHADOW"),
                                optional(
                                        "share",
                                        BodyField.Type.NUMBER,
                                        "part of the traffic, above 0 and below 1, of a challenger or canary"),
                                optional("force", BodyField.Type.FLAG, "also if a gate was not passed; recorded"))
                        .answers(this::promote));
    }

    private Reply plan(Call call) {
        Application wanted = Manifest.read(call.bytes());
        return planned(wanted, node.plan(wanted));
    }

    private Reply apply(Call call) {
        Application wanted = Manifest.read(call.bytes());
        return planned(wanted, node.apply(wanted, call.caller().actor()));
    }

    private static Reply planned(Application wanted, Plan plan) {
        ObjectNode json = brief(wanted);
        json.setAll((ObjectNode) Json.tree(plan.json()));
        return Reply.ok(json.put("text", plan.text()));
    }

    private static ObjectNode brief(Application application) {
        return Json.mapper()
                .createObjectNode()
                .put("application", application.name())
                .put("version", application.version().hex())
                .put("description", application.description());
    }

    private List<ObjectNode> models(String application) {
        List<ObjectNode> models = new ArrayList<>();
        for (ModelDefinition model : node.application(application).models()) {
            List<ModelRole> roles = node.models().roles(application, model.name());
            node.models().versions(application, model.name()).forEach(version -> models.add(Views.of(version, roles)));
        }
        return models;
    }

    private Reply model(Call call) {
        String application = call.path("application");
        String model = call.path("model");
        List<ModelRole> roles = node.models().roles(application, model);
        ObjectNode json = Json.mapper().createObjectNode().put("model", model);
        node.models()
                .versions(application, model)
                .forEach(version -> json.withArray("versions").add(Views.of(version, roles)));
        json.set("roles", Json.mapper().valueToTree(roles));
        node.models()
                .runs(application, model)
                .forEach(run -> json.withArray("runs").add(Views.of(run)));
        return Reply.ok(json);
    }

    private Reply features(Call call) {
        Body body = call.body();
        String application = call.path("application");
        String view = call.path("view");
        List<Object> key = key(application, view, body.scalars("entity"));
        long atMicros = body.instantIfAny("at").map(Times::micros).orElseGet(() -> newest(application, view));
        return Reply.ok(Views.of(view, key, node.show(application, view, key, atMicros)));
    }

    private long newest(String application, String view) {
        return FeatureInfo.whenNewestCounts(node.features(application), view)
                .orElseGet(() -> Times.micros(clock.instant()));
    }

    /** One value for each entity field of the view, in its order. */
    private List<Object> key(String application, String view, Map<String, Object> entity) {
        List<String> fields = node.application(application)
                .view(view)
                .map(FeatureView::entity)
                .orElse(List.of());
        for (String name : entity.keySet()) {
            if (!fields.contains(name)) {
                throw ServerProblem.unknownField("entity." + name, Suggest.near(name, fields));
            }
        }
        List<Object> key = new ArrayList<>();
        for (String field : fields) {
            Object value = entity.get(field);
            if (value == null) {
                throw ServerProblem.missingField("entity." + field);
            }
            key.add(value);
        }
        return key;
    }

    private Reply promote(Call call) {
        Body body = call.body();
        int version = (int) body.integer("version");
        Route route = route(body.textIfAny("route").orElse(Route.CHAMPION.name()));
        node.models()
                .promote(
                        call.path("application"),
                        call.path("model"),
                        version,
                        route,
                        body.numberIfAny("share").orElse(1.0),
                        body.flag("force"),
                        call.caller().actor());
        return Reply.ok(Map.of("model", call.path("model"), "version", version, "route", route));
    }

    private static Route route(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        List<String> known = Arrays.stream(Route.values()).map(Route::name).toList();
        if (!known.contains(upper)) {
            throw ServerProblem.badField("route", "is '" + name + "'", Suggest.near(upper, known));
        }
        return Route.valueOf(upper);
    }
}
