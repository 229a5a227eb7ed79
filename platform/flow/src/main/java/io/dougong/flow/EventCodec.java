package io.dougong.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.dougong.documents.Node;
import io.dougong.documents.Plain;
import io.dougong.kernel.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Events as JSON, version 1: what a journal keeps. Old events stay readable; golden ones are held in the tests. */
public final class EventCodec {

    private static final int VERSION = 1;

    private EventCodec() {}

    public static String write(RunEvent event) {
        Map<String, Object> json = Plain.map("v", VERSION, "event", kind(event), "at", event.atMicros());
        json.putAll(body(event));
        return Values.json(json);
    }

    /** What the event is called in a journal. */
    public static String kind(RunEvent event) {
        return event.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> body(RunEvent event) {
        return switch (event) {
            case RunEvent.Accepted first ->
                Plain.map(
                        "definition",
                        first.definition(),
                        "parameters",
                        first.parameters(),
                        "origin",
                        first.origin(),
                        "given",
                        outcomes(first.given()),
                        "holds",
                        first.holds(),
                        "queued",
                        first.queued());
            case RunEvent.Ended end ->
                Plain.map(
                        "path",
                        end.path(),
                        "attempt",
                        end.attempt(),
                        "started",
                        end.startedMicros(),
                        "outcome",
                        outcome(end.outcome()),
                        "cached",
                        end.cached() ? true : null);
            case RunEvent.Signalled signal ->
                Plain.map("path", signal.path(), "payload", signal.payload(), "by", signal.by());
            case RunEvent.Answered answer ->
                Plain.map(
                        "path",
                        answer.path(),
                        "approved",
                        answer.approved(),
                        "by",
                        answer.by(),
                        "comment",
                        answer.comment());
            case RunEvent.Woke woke -> Plain.map("path", woke.path(), "attempt", woke.attempt());
            case RunEvent.Recovered recovered -> Plain.map("generation", recovered.generation());
            case RunEvent.Controlled control ->
                Plain.map(
                        "control",
                        control.control().name(),
                        "path",
                        control.path(),
                        "by",
                        control.by(),
                        "reason",
                        control.reason());
        };
    }

    private static Map<String, Object> outcomes(Map<String, StepOutcome> given) {
        Map<String, Object> outcomes = new LinkedHashMap<>();
        given.forEach((path, outcome) -> outcomes.put(path, outcome(outcome)));
        return outcomes;
    }

    public static String writeOutcome(StepOutcome outcome) {
        return Values.json(outcome(outcome));
    }

    public static StepOutcome readOutcome(String text) {
        return outcome(tree(text));
    }

    public static Map<String, Object> readValues(String text) {
        return Values.mapOf(tree(text));
    }

    private static JsonNode tree(String text) {
        return Json.tree(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static Map<String, Object> outcome(StepOutcome outcome) {
        return switch (outcome) {
            case StepOutcome.Done done -> Plain.map("done", done.outputs());
            case StepOutcome.Plan plan -> Plain.map("done", plan.outputs(), "plan", WorkflowTree.steps(plan.steps()));
            case StepOutcome.Failed failed ->
                Plain.map("failed", failed.failure().name(), "message", failed.message());
        };
    }

    public static RunEvent read(String text) {
        JsonNode json = tree(text);
        if (json.path("v").asInt() != VERSION) {
            throw FlowProblem.journal(
                    "read", new IllegalStateException("an event has the version " + json.path("v") + ", known is 1"));
        }
        long at = json.path("at").asLong();
        String path = json.path("path").asText();
        return switch (json.path("event").asText()) {
            case "accepted" -> accepted(json, at);
            case "ended" ->
                new RunEvent.Ended(
                        at,
                        path,
                        json.path("attempt").asInt(),
                        json.path("started").asLong(),
                        outcome(json.path("outcome")),
                        json.path("cached").asBoolean());
            case "signalled" -> new RunEvent.Signalled(at, path, Values.mapOf(json.path("payload")), by(json));
            case "answered" ->
                new RunEvent.Answered(
                        at,
                        path,
                        json.path("approved").asBoolean(),
                        by(json),
                        json.path("comment").asText());
            case "woke" -> new RunEvent.Woke(at, path, json.path("attempt").asInt());
            case "recovered" ->
                new RunEvent.Recovered(at, json.path("generation").asLong());
            case "controlled" ->
                new RunEvent.Controlled(
                        at,
                        RunEvent.Control.valueOf(json.path("control").asText()),
                        path,
                        by(json),
                        json.path("reason").asText());
            default ->
                throw FlowProblem.journal("read", new IllegalStateException("unknown event " + json.path("event")));
        };
    }

    private static String by(JsonNode json) {
        return json.path("by").asText();
    }

    private static RunEvent.Accepted accepted(JsonNode json, long at) {
        Map<String, StepOutcome> given = new LinkedHashMap<>();
        json.path("given").properties().forEach(entry -> given.put(entry.getKey(), outcome(entry.getValue())));
        List<String> holds =
                json.path("holds").valueStream().map(JsonNode::asText).toList();
        return new RunEvent.Accepted(
                at,
                json.path("definition").asText(),
                Values.mapOf(json.path("parameters")),
                json.path("origin").asText(),
                given,
                holds,
                json.path("queued").asBoolean());
    }

    private static StepOutcome outcome(JsonNode json) {
        if (json.has("failed")) {
            return new StepOutcome.Failed(
                    StepOutcome.Failure.valueOf(json.path("failed").asText()),
                    json.path("message").asText());
        }
        Map<String, Object> outputs = Values.mapOf(json.path("done"));
        return json.has("plan")
                ? new StepOutcome.Plan(outputs, StepReader.recorded(Node.of("steps", Values.of(json.path("plan")))))
                : new StepOutcome.Done(outputs);
    }
}
