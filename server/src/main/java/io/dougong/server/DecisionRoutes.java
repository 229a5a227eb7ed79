package io.dougong.server;

import static io.dougong.server.BodyField.optional;
import static io.dougong.server.BodyField.required;

import io.dougong.decisions.Decision;
import io.dougong.decisions.DecisionCodec;
import io.dougong.decisions.DecisionLog;
import io.dougong.decisions.Feedback;
import io.dougong.decisions.Replay;
import io.dougong.decisions.Truth;
import io.dougong.node.Node;
import io.dougong.trust.Permission;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** Deciding, and everything about recorded decisions. */
final class DecisionRoutes {

    private static final String TAG = "decisions";
    private static final int MOST_LISTED = 1_000;
    private static final int LISTED = 20;
    /** Among how many of the newest a filter looks. */
    private static final int SCANNED = 10_000;

    private static final long INPUT_BYTES = 64 * 1024L;

    private final Node node;

    DecisionRoutes(Node node) {
        this.node = node;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.post("/api/v1/applications/{application}/decisions/{decision}")
                        .tag(TAG)
                        .says("Decide; the body is the question. Answers with the record, once it is durable")
                        .needs(Permission.DECIDE)
                        .in(Lanes.Kind.DECIDE)
                        .query("key", "asked twice with one key, answered once")
                        .takes(INPUT_BYTES, Endpoint.JSON)
                        .handledBy(this::decide),
                Endpoint.get("/api/v1/applications/{application}/decisions/{decision}/assessment")
                        .tag(TAG)
                        .says("What the recorded decisions cost, how they treat groups, and how stable they are")
                        .needs(Permission.READ)
                        .in(Lanes.Kind.LONG)
                        .answers(call -> Reply.ok(node.assess(call.path("application"), call.path("decision")))),
                Endpoint.get("/api/v1/decisions")
                        .tag(TAG)
                        .says("Recorded decisions, the newest first")
                        .needs(Permission.READ)
                        .in(Lanes.Kind.READ)
                        .query("application", "only of this application")
                        .query("decision", "only of this decision")
                        .query("outcome", "only with this outcome")
                        .query("max", "at most so many, 1 to 1000; 20 if absent")
                        .answers(this::list),
                Endpoint.get("/api/v1/decisions/{id}")
                        .tag(TAG)
                        .says("One recorded decision")
                        .needs(Permission.READ)
                        .in(Lanes.Kind.READ)
                        .answers(call -> record(node.decision(call.path("id")))),
                Endpoint.post("/api/v1/decisions/{id}/replay")
                        .tag(TAG)
                        .says("Compute it again and compare, or with other values: what would have been?")
                        .needs(Permission.READ)
                        .in(Lanes.Kind.LONG)
                        .body(
                                optional("asOfLake", BodyField.Type.FLAG, "compute the features again from the lake"),
                                optional("set", BodyField.Type.SCALARS, "feature or input name to another value"))
                        .answers(this::replay),
                Endpoint.post("/api/v1/decisions/{id}/feedback")
                        .tag(TAG)
                        .says("Tell what was true")
                        .needs(Permission.GIVE_FEEDBACK)
                        .in(Lanes.Kind.APPEND)
                        .body(required(
                                "label",
                                BodyField.Type.SCALAR,
                                "true or false, the name of the true class, or the number"))
                        .answers(this::feedback),
                Endpoint.get("/api/v1/decisions/{id}/receipt")
                        .tag(TAG)
                        .says("A signed receipt that verifies without the server")
                        .needs(Permission.READ)
                        .in(Lanes.Kind.READ)
                        .answers(
                                call -> Reply.json(node.receipt(call.path("id")).toJson())),
                Endpoint.get("/api/v1/decisions/{id}/letter")
                        .tag(TAG)
                        .says("The letter that explains a refusal to the person, as plain text")
                        .needs(Permission.READ)
                        .in(Lanes.Kind.READ)
                        .query("language", "en (default) or zh")
                        .answers(this::letter));
    }

    private Reply letter(Call call) {
        boolean chinese = call.query("language").orElse("en").startsWith("zh");
        return Reply.text("text/plain; charset=utf-8", node.letter(call.path("id"), chinese));
    }

    private CompletionStage<Reply> decide(Call call) {
        return node.decide(
                        call.path("application"),
                        call.path("decision"),
                        call.query("key").orElse(null),
                        call.bytes())
                .thenApply(DecisionRoutes::record);
    }

    private static Reply record(DecisionLog.Entry entry) {
        return Reply.json(DecisionCodec.bytes(entry.decision()))
                .with("Dougong-Position", entry.partition() + "@" + entry.offset());
    }

    private Reply list(Call call) {
        int max = call.count("max", LISTED, MOST_LISTED);
        boolean filtered = !call.queryParameters().isEmpty();
        List<DecisionLog.Entry> entries = node.decisions(filtered ? SCANNED : max).stream()
                .filter(entry -> wanted(call, entry.decision()))
                .limit(max)
                .toList();
        String records = entries.stream()
                .map(entry -> text(entry.decision()))
                .collect(Collectors.joining(",", "{\"decisions\":[", "]}"));
        return Reply.json(records.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean wanted(Call call, Decision decision) {
        return call.query("application").orElse(decision.application()).equals(decision.application())
                && call.query("decision").orElse(decision.name()).equals(decision.name())
                && call.query("outcome")
                        .orElse(decision.outcome().label())
                        .equals(decision.outcome().label());
    }

    private Reply replay(Call call) {
        Body body = call.body();
        Replay replay = node.replay(call.path("id"), new Replay.Request(body.flag("asOfLake"), body.scalars("set")));
        String json = "{\"identical\":" + replay.identical()
                + ",\"fidelity\":\"" + replay.fidelity()
                + "\",\"differences\":" + io.dougong.kernel.Json.text(replay.differences())
                + ",\"recorded\":" + text(replay.recorded())
                + ",\"recomputed\":" + text(replay.recomputed()) + "}";
        return Reply.json(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Decision decision) {
        return new String(DecisionCodec.bytes(decision), StandardCharsets.UTF_8);
    }

    /** A boolean in quotes is a slip of the pen, not a class. */
    private static Truth truth(Object label) {
        if (label.equals("true") || label.equals("false")) {
            throw ServerProblem.badField("label", "is the text \"" + label + "\"", "Write it without quotes.");
        }
        return Truth.of(label);
    }

    private Reply feedback(Call call) {
        Feedback feedback = node.feedback(
                call.path("id"),
                truth(call.body().scalar("label")),
                call.caller().actor());
        return Reply.ok(Map.of(
                "decisionId", feedback.decisionId(), "label", feedback.known().scalar(), "recorded", true));
    }
}
