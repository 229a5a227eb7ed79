package io.dougong.apps.creditrisk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dougong.kernel.Json;
import io.dougong.node.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One past loan, with a place in a made-up order of arrival.
 *
 * @param values by field; missing ones are absent
 */
record Loan(String id, Instant asked, Map<String, Object> values, boolean bad) {

    /** After this what became of a loan is known; made up, as the time of asking is. */
    static final Duration KNOWN_AFTER = Duration.ofDays(1);

    Instant known() {
        return asked.plus(KNOWN_AFTER);
    }

    @Nullable
    Object value(String field) {
        return values.get(field);
    }

    byte[] question() {
        ObjectNode json = Json.mapper().createObjectNode().put("loan", id).put("asked", asked.toString());
        values.forEach((field, value) -> json.set(field, Json.mapper().valueToTree(value)));
        return Json.bytes(json);
    }

    Node.StreamEvent application() {
        return new Node.StreamEvent("applications", question());
    }

    /** @param stream that brings what became of it */
    Node.StreamEvent outcome(String stream) {
        ObjectNode json = Json.mapper()
                .createObjectNode()
                .put("loan", id)
                .put("known", known().toString())
                .put("bad", bad);
        return new Node.StreamEvent(stream, Json.bytes(json));
    }
}
