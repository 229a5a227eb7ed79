package io.dougong.events;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.dougong.kernel.Json;
import io.dougong.kernel.Times;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one CloudEvents object token by token; the data is cut out of the input as it stands. */
final class CloudEventParser {

    /** RFC 3339, section 5.6: seconds and zone are required. */
    private static final Pattern RFC3339 =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?([Zz]|[+-]\\d{2}:\\d{2})");

    private static final Pattern JSON_TYPE =
            Pattern.compile("([a-z0-9.+-]+/json|[a-z0-9.+-]+/[a-z0-9.+-]+\\+json)(;.*)?");
    private static final byte[] NO_DATA = {};

    private final JsonParser parser;
    private final byte[] json;
    private final Map<String, String> attributes = new TreeMap<>();
    private byte @Nullable [] data;
    private byte @Nullable [] binaryData;

    private CloudEventParser(JsonParser parser, byte[] json) {
        this.parser = parser;
        this.json = json;
    }

    static List<Event> events(JsonParser parser, byte[] json, long arrivedMicros, int max) throws IOException {
        List<Event> events = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (events.size() == max) {
                throw EventProblem.badEvent("the batch has more than " + max + " events", "Split it.");
            }
            events.add(event(parser, json, arrivedMicros));
        }
        return events;
    }

    static Event event(JsonParser parser, byte[] json, long arrivedMicros) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw EventProblem.badEvent("expected a JSON object", "");
        }
        CloudEventParser object = new CloudEventParser(parser, json);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            object.member(parser.currentName(), parser.nextToken());
        }
        return object.build(arrivedMicros);
    }

    private void member(String name, JsonToken token) throws IOException {
        switch (name) {
            case "data" -> data = rawValue(token);
            case "data_base64" -> binaryData = base64(token);
            default -> attribute(name, token);
        }
    }

    private void attribute(String name, JsonToken token) throws IOException {
        switch (token) {
            case VALUE_NULL -> {}
            case VALUE_STRING, VALUE_TRUE, VALUE_FALSE, VALUE_NUMBER_INT -> attributes.put(name, parser.getText());
            default ->
                throw EventProblem.badEvent(
                        "attribute '" + name + "' is neither text, integer nor boolean",
                        "Maybe it belongs into the data.");
        }
    }

    private byte[] rawValue(JsonToken token) throws IOException {
        if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
            int from = (int) parser.currentTokenLocation().getByteOffset();
            parser.skipChildren();
            return Arrays.copyOfRange(json, from, (int) parser.currentLocation().getByteOffset());
        }
        return token == JsonToken.VALUE_STRING
                ? Json.bytes(parser.getText())
                : parser.getText().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private byte[] base64(JsonToken token) throws IOException {
        try {
            byte[] bytes = Base64.getDecoder().decode(token == JsonToken.VALUE_STRING ? parser.getText() : "?");
            CloudEvents.checkData(bytes);
            return bytes;
        } catch (IllegalArgumentException malformed) {
            throw EventProblem.badEvent("'data_base64' is not base 64", "");
        }
    }

    private Event build(long arrivedMicros) {
        String version = required("specversion");
        if (!version.equals(CloudEvents.SPEC_VERSION)) {
            throw EventProblem.badEvent("specversion is '" + version + "'", "This log reads version 1.0.");
        }
        String id = required("id");
        String source = uri("source", required("source"), false);
        String type = required("type");
        String subject = optional("subject");
        String time = optional("time");
        checkCarried();
        return new Event(
                id,
                source,
                type,
                subject == null ? "" : subject,
                time == null ? arrivedMicros : time(time),
                payload(),
                attributes);
    }

    private byte[] payload() {
        if (data != null && binaryData != null) {
            throw EventProblem.badEvent("it has both 'data' and 'data_base64'", "CloudEvents allows one of them.");
        }
        return data != null ? data : binaryData != null ? binaryData : NO_DATA;
    }

    private String required(String name) {
        String value = attributes.remove(name);
        if (value == null || value.isEmpty()) {
            throw EventProblem.badEvent("attribute '" + name + "' is missing", "CloudEvents requires it.");
        }
        return value;
    }

    private @Nullable String optional(String name) {
        String value = attributes.remove(name);
        if (value != null && value.isEmpty()) {
            throw EventProblem.badEvent("attribute '" + name + "' is empty", "Leave it out instead.");
        }
        return value;
    }

    private void checkCarried() {
        String contentType = attributes.get("datacontenttype");
        if (contentType != null
                && !JSON_TYPE.matcher(contentType.toLowerCase(Locale.ROOT)).matches()) {
            throw EventProblem.badEvent(
                    "its data has the type '" + contentType + "'", "This log holds JSON; wrap other content in it.");
        }
        String schema = attributes.get("dataschema");
        if (schema != null) {
            uri("dataschema", schema, true);
        }
    }

    private static String uri(String name, String value, boolean absolute) {
        try {
            if (absolute && !new URI(value).isAbsolute()) {
                throw EventProblem.badEvent("attribute '" + name + "' is '" + value + "', not an absolute URI", "");
            }
            new URI(value);
            return value;
        } catch (URISyntaxException malformed) {
            throw EventProblem.badEvent("attribute '" + name + "' is '" + value + "', not a URI reference", "");
        }
    }

    private static long time(String text) {
        try {
            if (RFC3339.matcher(text).matches()) {
                return Times.micros(
                        OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).toInstant());
            }
        } catch (DateTimeException outOfRange) {
            throw badTime(text);
        }
        throw badTime(text);
    }

    private static EventProblem badTime(String text) {
        return EventProblem.badEvent(
                "its time is '" + text + "'", "Expected RFC 3339 with a zone, e.g. 2001-01-01T00:00:00Z.");
    }
}
