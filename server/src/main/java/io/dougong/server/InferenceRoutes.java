package io.dougong.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dougong.decisions.Route;
import io.dougong.kernel.Json;
import io.dougong.learn.ModelDefinition;
import io.dougong.manifest.Application;
import io.dougong.models.LoadedModel;
import io.dougong.models.ModelVersion;
import io.dougong.node.ModelRole;
import io.dougong.node.Node;
import io.dougong.serving.oip.InferAnswer;
import io.dougong.serving.oip.InferReader;
import io.dougong.serving.oip.InferRequest;
import io.dougong.serving.oip.Inference;
import io.dougong.serving.oip.InferenceProblem;
import io.dougong.trust.Permission;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Every registered model behind the Open Inference Protocol, version 2, with its binary tensor and model repository extensions. A model
 * is named {@code APP__MODEL}; without a version the champion answers, or the newest version if there is none yet.
 */
final class InferenceRoutes {

    static final String JSON_LENGTH = "Inference-Header-Content-Length";

    private static final String TAG = "inference";
    private static final String BINARY = "application/octet-stream";
    private static final long MOST_BYTES = 16L << 20;
    private static final String MODEL = "/v2/models/{model}";
    private static final String VERSION = MODEL + "/versions/{version}";
    private static final List<String> EXTENSIONS = List.of("binary_tensor_data", "model_repository");

    private final Node node;
    private final String release;
    private final Set<String> unloaded = ConcurrentHashMap.newKeySet();

    /** A model of an application. */
    private record Served(String application, String model) {}

    InferenceRoutes(Node node, String release) {
        this.node = node;
        this.release = release;
    }

    List<Endpoint> endpoints() {
        List<Endpoint> all = new ArrayList<>();
        all.add(open("/v2/health/live", "Open Inference Protocol: the server runs"));
        all.add(open("/v2/health/ready", "Open Inference Protocol: the server answers"));
        all.add(read("/v2", "Open Inference Protocol: name, version and extensions")
                .answers(_ -> server()));
        for (String path : List.of(MODEL, VERSION)) {
            all.add(read(path, "Open Inference Protocol: inputs and outputs of a model")
                    .answers(this::metadata));
            all.add(read(path + "/ready", "Open Inference Protocol: whether a model answers")
                    .answers(this::ready));
            all.add(Endpoint.post(path + "/infer")
                    .tag(TAG)
                    .says("Open Inference Protocol: scores of rows; tensors as JSON or binary. Nothing is recorded")
                    .needs(Permission.DECIDE)
                    .in(Lanes.Kind.DECIDE)
                    .takes(MOST_BYTES, Endpoint.JSON, BINARY, Endpoint.UNSAID)
                    .answers(this::infer));
        }
        all.add(Endpoint.post("/v2/repository/index")
                .tag(TAG)
                .says("Open Inference Protocol: every model and version")
                .needs(Permission.READ)
                .in(Lanes.Kind.READ)
                .takes(MOST_BYTES, Endpoint.JSON, BINARY, Endpoint.UNSAID)
                .answers(_ -> Reply.ok(index())));
        all.add(change("load", "Open Inference Protocol: load a model and let it answer", this::load));
        all.add(change(
                "unload",
                "Open Inference Protocol: a model answers no inference until it is loaded again",
                this::unload));
        return all;
    }

    private static Endpoint open(String path, String says) {
        return Endpoint.get(path).tag(TAG).says(says).answers(_ -> Reply.ok(Map.of("live", true, "ready", true)));
    }

    private static Endpoint.Builder read(String path, String says) {
        return Endpoint.get(path).tag(TAG).says(says).needs(Permission.READ).in(Lanes.Kind.READ);
    }

    private static Endpoint change(String act, String says, Endpoint.SimpleHandler handler) {
        return Endpoint.post("/v2/repository/models/{model}/" + act)
                .tag(TAG)
                .says(says)
                .needs(Permission.DEFINE)
                .in(Lanes.Kind.LONG)
                .takes(MOST_BYTES, Endpoint.JSON, BINARY, Endpoint.UNSAID)
                .answers(handler);
    }

    private Reply server() {
        return Reply.ok(Map.of("name", "dougong", "version", release, "extensions", EXTENSIONS));
    }

    private Reply metadata(Call call) {
        Served served = served(call.path("model"));
        Inference inference = new Inference(loaded(call, served));
        ObjectNode json = Json.mapper().createObjectNode().put("name", call.path("model"));
        versions(served).forEach(json.putArray("versions")::add);
        json.put("platform", "dougong_" + loaded(call, served).card().format());
        ports(json.putArray("inputs"), inference.inputs());
        ports(json.putArray("outputs"), inference.outputs());
        return Reply.ok(json);
    }

    private static void ports(ArrayNode json, List<Inference.Port> ports) {
        for (Inference.Port port : ports) {
            ObjectNode one = json.addObject()
                    .put("name", port.name())
                    .put("datatype", port.datatype().name());
            port.shape().forEach(one.putArray("shape")::add);
        }
    }

    private Reply ready(Call call) {
        LoadedModel model = loaded(call, served(call.path("model")));
        return Reply.ok(Map.of(
                "name",
                call.path("model"),
                "ready",
                true,
                "digest",
                model.digest().hex()));
    }

    private Reply infer(Call call) {
        Served served = served(call.path("model"));
        String version = version(call, served);
        InferRequest request = InferReader.read(call.bytes(), jsonBytes(call));
        LoadedModel model = load(served, version);
        InferAnswer.Body body = new InferAnswer(
                        call.path("model"), version, request.id(), new Inference(model).infer(request))
                .body(request);
        return body.jsonBytes() < 0
                ? Reply.json(body.bytes())
                : new Reply(200, BINARY, body.bytes(), Map.of(JSON_LENGTH, Integer.toString(body.jsonBytes())));
    }

    private static int jsonBytes(Call call) {
        String said = call.headers().get(JSON_LENGTH);
        if (said == null) {
            return call.bytes().length;
        }
        try {
            return Integer.parseInt(said);
        } catch (NumberFormatException notANumber) {
            throw ServerProblem.badParameter(JSON_LENGTH, said, "a number of bytes");
        }
    }

    // Which model

    private Map<String, Served> all() {
        Map<String, Served> all = new TreeMap<>();
        for (Application application : node.applications()) {
            for (ModelDefinition model : application.models()) {
                all.put(application.name() + "__" + model.name(), new Served(application.name(), model.name()));
            }
        }
        return all;
    }

    private Served served(String name) {
        Map<String, Served> all = all();
        Served served = all.get(name);
        if (served == null) {
            throw InferenceProblem.unknownModel(name, all.keySet());
        }
        if (unloaded.contains(name)) {
            throw InferenceProblem.unloaded(name);
        }
        return served;
    }

    private List<String> versions(Served served) {
        return node.models().versions(served.application(), served.model()).stream()
                .map(version -> Integer.toString(version.version()))
                .toList();
    }

    private String version(Call call, Served served) {
        Optional<String> asked = Optional.ofNullable(call.pathParameters().get("version"));
        List<String> known = versions(served);
        String version =
                asked.or(() -> champion(served)).or(() -> newest(served)).orElse("");
        if (!known.contains(version)) {
            throw InferenceProblem.unknownVersion(served.application() + "__" + served.model(), version, known);
        }
        return version;
    }

    private Optional<String> champion(Served served) {
        return node.models().roles(served.application(), served.model()).stream()
                .filter(role -> role.route() == Route.CHAMPION)
                .map(ModelRole::version)
                .map(String::valueOf)
                .findFirst();
    }

    private Optional<String> newest(Served served) {
        return node.models().versions(served.application(), served.model()).stream()
                .max(Comparator.comparingInt(ModelVersion::version))
                .map(version -> Integer.toString(version.version()));
    }

    private LoadedModel loaded(Call call, Served served) {
        return load(served, version(call, served));
    }

    private LoadedModel load(Served served, String version) {
        return node.models().model(served.application(), served.model(), Integer.parseInt(version));
    }

    // Repository

    private ArrayNode index() {
        ArrayNode index = Json.mapper().createArrayNode();
        all().forEach((name, served) -> versions(served)
                .forEach(version -> index.addObject()
                        .put("name", name)
                        .put("version", version)
                        .put("state", unloaded.contains(name) ? "UNAVAILABLE" : "READY")
                        .put("reason", unloaded.contains(name) ? "unloaded" : "")));
        return index;
    }

    private Reply load(Call call) {
        String name = call.path("model");
        boolean away = unloaded.remove(name);
        try {
            loaded(call, served(name));
        } catch (RuntimeException failed) {
            if (away) {
                unloaded.add(name);
            }
            throw failed;
        }
        return Reply.ok(Map.of());
    }

    private Reply unload(Call call) {
        served(call.path("model"));
        unloaded.add(call.path("model"));
        return Reply.ok(Map.of());
    }
}
