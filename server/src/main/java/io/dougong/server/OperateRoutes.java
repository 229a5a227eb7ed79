package io.dougong.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dougong.kernel.Json;
import io.dougong.kernel.Suggest;
import io.dougong.node.HealingStatus;
import io.dougong.node.LiveReport;
import io.dougong.node.Node;
import io.dougong.operate.HealingState;
import io.dougong.operate.Observation;
import io.dougong.operate.Reading;
import io.dougong.trust.Permission;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Monitors, and the healing of models. */
final class OperateRoutes {

    private static final String TAG = "operate";
    private static final List<String> ACTS = List.of("hold", "resume", "approve", "undo");

    private final Node node;

    OperateRoutes(Node node) {
        this.node = node;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/v1/applications/{application}/monitors")
                        .tag(TAG)
                        .says("Every monitor: value, threshold, state, history")
                        .needs(Permission.READ)
                        .in(Lanes.Kind.READ)
                        .answers(call -> Reply.ok(Map.of(
                                "monitors",
                                node.monitors(call.path("application")).stream()
                                        .map(OperateRoutes::of)
                                        .toList()))),
                Endpoint.get("/api/v1/applications/{application}/decisions/{decision}/quality")
                        .tag(TAG)
                        .says("How good the labelled decisions have been since the start, shadows beside")
                        .needs(Permission.READ)
                        .in(Lanes.Kind.READ)
                        .answers(
                                call -> Reply.ok(of(node.liveReport(call.path("application"), call.path("decision"))))),
                Endpoint.get("/api/v1/applications/{application}/healing")
                        .tag(TAG)
                        .says("How the healing of each model stands, and its story")
                        .needs(Permission.READ)
                        .in(Lanes.Kind.READ)
                        .answers(call -> Reply.ok(Map.of(
                                "healing",
                                node.healing(call.path("application")).stream()
                                        .map(OperateRoutes::of)
                                        .toList()))),
                Endpoint.post("/api/v1/applications/{application}/healing/{model}/{act}")
                        .tag(TAG)
                        .says("Hold, resume, approve or undo the healing of a model")
                        .needs(Permission.DEFINE)
                        .in(Lanes.Kind.LONG)
                        .answers(this::act));
    }

    private Reply act(Call call) {
        String act = call.path("act");
        if (!ACTS.contains(act)) {
            throw ServerProblem.badField("act", "is '" + act + "'", Suggest.near(act, ACTS));
        }
        node.heal(
                call.path("application"),
                call.path("model"),
                Observation.Kind.valueOf(act.toUpperCase(Locale.ROOT)),
                call.caller().actor());
        return Reply.ok(Map.of("model", call.path("model"), "act", act));
    }

    private static ObjectNode object() {
        return Json.mapper().createObjectNode();
    }

    static ObjectNode of(Reading reading) {
        ObjectNode json = object().put("monitor", reading.id())
                .put("kind", reading.kind().name())
                .put("subject", reading.subject())
                .put("state", reading.state().name())
                .put("statistic", reading.statistic());
        json.set("value", Views.scalar(reading.value()));
        json.set("threshold", Views.scalar(reading.threshold()));
        json.set("evidence", Views.scalar(reading.evidence()));
        json.set("limit", Views.scalar(reading.limit()));
        time(json, "sinceMicros", reading.sinceMicros());
        time(json, "atMicros", reading.atMicros());
        json.set("figures", figures(reading.figures()));
        ArrayNode history = json.putArray("history");
        for (Reading.Point point : reading.history()) {
            history.addObject().put("atMicros", point.atMicros()).set("value", Views.scalar(point.value()));
        }
        return json;
    }

    /** Null for a time that has not come or does not matter. */
    private static void time(ObjectNode json, String name, long micros) {
        if (micros == Long.MIN_VALUE || micros == Long.MAX_VALUE) {
            json.putNull(name);
        } else {
            json.put(name, micros);
        }
    }

    private static ObjectNode figures(Map<String, Double> figures) {
        ObjectNode json = object();
        figures.forEach((name, value) -> json.set(name, Views.scalar(value)));
        return json;
    }

    private static ObjectNode of(LiveReport report) {
        ObjectNode json = object().put("labelled", report.labelled());
        json.set("auc", Views.scalar(report.auc()));
        json.set("logLoss", Views.scalar(report.logLoss()));
        json.set("brier", Views.scalar(report.brier()));
        json.set("ece", Views.scalar(report.ece()));
        json.set("shadowAuc", figures(report.shadowAuc()));
        json.set("reviewRate", Views.scalar(report.reviewRate()));
        json.set("coverage", Views.scalar(report.coverage()));
        json.set("coverageTarget", Views.scalar(report.coverageTarget()));
        json.set("errorRateDecided", Views.scalar(report.errorRateDecided()));
        return json.put("p50Micros", report.p50Micros()).put("p99Micros", report.p99Micros());
    }

    static ObjectNode of(HealingStatus status) {
        HealingState state = status.state();
        ObjectNode json = object().put("model", status.model())
                .put("phase", state.phase().name())
                .put("purpose", state.purpose().name())
                .put("held", state.held())
                .put("episode", state.episode())
                .put("trigger", state.trigger())
                .put("cause", state.cause());
        time(json, "sinceMicros", state.sinceMicros());
        time(json, "dueMicros", state.dueMicros());
        version(json, "champion", state.champion());
        version(json, "candidate", state.candidate());
        version(json, "predecessor", state.predecessor());
        ArrayNode story = json.putArray("story");
        status.story().forEach(step -> story.add(of(step)));
        return json;
    }

    private static void version(ObjectNode json, String name, HealingState.@Nullable Version version) {
        if (version == null) {
            json.putNull(name);
        } else {
            json.put(name, version.version());
        }
    }

    private static ObjectNode of(HealingStatus.Step step) {
        ObjectNode json = object().put("atMicros", step.atMicros())
                .put("episode", step.episode())
                .put("outcome", step.outcome())
                .put("phase", step.phase().name())
                .put("trigger", step.trigger())
                .put("cause", step.cause())
                .put("english", step.english())
                .put("chinese", step.chinese())
                .put("decisionId", step.decisionId());
        json.set("figures", figures(step.figures()));
        return json;
    }
}
