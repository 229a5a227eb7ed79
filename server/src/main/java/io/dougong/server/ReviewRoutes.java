package io.dougong.server;

import static io.dougong.server.BodyField.optional;
import static io.dougong.server.BodyField.required;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dougong.kernel.Json;
import io.dougong.node.Node;
import io.dougong.node.ReviewDesk;
import io.dougong.review.Agreement;
import io.dougong.review.AgreementReport;
import io.dougong.review.ReviewCase;
import io.dougong.review.ReviewFilter;
import io.dougong.trust.Permission;
import java.util.List;
import java.util.Map;

/** The desk where decisions wait for a person. */
final class ReviewRoutes {

    private static final String TAG = "reviews";
    private static final int LISTED = 20;
    private static final int MOST_LISTED = 500;
    private static final int MOST_SKIPPED = 1_000_000;
    private static final int SIMILAR = 5;

    private final Node node;

    ReviewRoutes(Node node) {
        this.node = node;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/v1/applications/{application}/reviews")
                        .tag(TAG)
                        .says("Cases that wait for a person, the most urgent first")
                        .needs(Permission.READ)
                        .in(Lanes.Kind.READ)
                        .query("state", "waiting (if absent) or over")
                        .query("decision", "only of this decision")
                        .query("mine", "true leaves out what the caller has had a say in")
                        .query("max", "at most so many, 1 to 500; 20 if absent")
                        .query("skip", "leave out so many at the start")
                        .answers(this::list),
                Endpoint.get("/api/v1/applications/{application}/review-agreement")
                        .tag(TAG)
                        .says("How far people, model and truth agree, with Cohen's kappa")
                        .needs(Permission.READ)
                        .in(Lanes.Kind.READ)
                        .answers(call -> Reply.ok(view(node.reviews().agreement(call.path("application"))))),
                Endpoint.get("/api/v1/reviews/{id}")
                        .tag(TAG)
                        .says("One case, with past cases like it; the id is the decision's")
                        .needs(Permission.READ)
                        .in(Lanes.Kind.READ)
                        .answers(this::show),
                Endpoint.post("/api/v1/reviews/{id}")
                        .tag(TAG)
                        .says("Say how the case shall be settled")
                        .needs(Permission.REVIEW)
                        .in(Lanes.Kind.APPEND)
                        .body(
                                required("outcome", BodyField.Type.TEXT, "one of the decision's outcomes"),
                                optional("note", BodyField.Type.TEXT, "why"))
                        .answers(this::give));
    }

    private Reply list(Call call) {
        String application = call.path("application");
        boolean mine = call.query("mine").map(Boolean::parseBoolean).orElse(false);
        List<ReviewCase> cases = node.reviews()
                .list(new ReviewFilter(
                        application,
                        call.query("decision").orElse(null),
                        waiting(call),
                        mine ? call.caller().actor() : null,
                        call.count("max", LISTED, MOST_LISTED),
                        call.query("skip").isEmpty() ? 0 : call.count("skip", 1, MOST_SKIPPED)));
        long now = node.reviews().nowMicros(application);
        ObjectNode json = Json.mapper().createObjectNode();
        json.set("counts", Json.mapper().valueToTree(node.reviews().counts(application)));
        ArrayNode list = json.putArray("cases");
        cases.forEach(one -> list.add(view(one, now)));
        return Reply.ok(json);
    }

    private static boolean waiting(Call call) {
        String state = call.query("state").orElse("waiting");
        if (!List.of("waiting", "over").contains(state)) {
            throw ServerProblem.badParameter("state", state, "It is 'waiting' or 'over'.");
        }
        return state.equals("waiting");
    }

    private Reply show(Call call) {
        ReviewCase found = node.reviews().find(call.path("id"));
        ObjectNode json = view(found, node.reviews().nowMicros(found.application()));
        node.reviews().outcomes(found).forEach(json.putArray("outcomes")::add);
        ArrayNode similar = json.putArray("similar");
        for (ReviewDesk.SimilarCase near : node.reviews().similar(found.decisionId(), SIMILAR)) {
            similar.addObject()
                    .put("decisionId", near.decision().id())
                    .put("key", near.decision().question().key())
                    .put("outcome", near.decision().outcome().label())
                    .put("distance", near.distance())
                    .put("label", near.label());
        }
        return Reply.ok(json);
    }

    private Reply give(Call call) {
        Body body = call.body();
        ReviewCase now = node.reviews()
                .give(
                        call.path("id"),
                        body.text("outcome"),
                        body.textIfAny("note").orElse(""),
                        call.caller().actor());
        return Reply.ok(view(now, node.reviews().nowMicros(now.application())));
    }

    private static ObjectNode view(ReviewCase one, long nowMicros) {
        ObjectNode json = Json.mapper().valueToTree(one);
        json.set("probability", Views.scalar(one.probability()));
        return json.put("overdue", one.overdue(nowMicros));
    }

    private static Map<String, ObjectNode> view(AgreementReport report) {
        return Map.of(
                "people", view(report.people()),
                "withModel", view(report.withModel()),
                "withTruth", view(report.withTruth()),
                "modelWithTruth", view(report.modelWithTruth()));
    }

    private static ObjectNode view(Agreement agreement) {
        ObjectNode json = Json.mapper().createObjectNode().put("cases", agreement.cases());
        json.set("share", Views.scalar(agreement.share()));
        json.set("kappa", Views.scalar(agreement.kappa()));
        return json;
    }
}
