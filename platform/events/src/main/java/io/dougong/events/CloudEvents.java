package io.dougong.events;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.SerializedString;
import io.dougong.kernel.InvalidValue;
import io.dougong.kernel.Json;
import io.dougong.kernel.Times;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Events in the structured and batched JSON formats of CloudEvents 1.0.2 ({@code application/cloudevents+json} and
 * {@code application/cloudevents-batch+json}). The data must be JSON and keeps its bytes; extension values are held as text, so
 * integers and booleans come back as strings.
 */
public final class CloudEvents {

    public static final String MEDIA_TYPE = "application/cloudevents+json";
    public static final String BATCH_MEDIA_TYPE = "application/cloudevents-batch+json";

    static final String SPEC_VERSION = "1.0";

    private static final int TYPICAL_BYTES = 512;
    private static final Set<String> ATTRIBUTES =
            Set.of("id", "source", "type", "subject", "time", "specversion", "data");

    private CloudEvents() {}

    static boolean isAttribute(String name) {
        return ATTRIBUTES.contains(name);
    }

    /**
     * Reads one event.
     *
     * @param arrivedMicros becomes the event's time if it carries none
     */
    public static Event read(byte[] json, long arrivedMicros) {
        try (JsonParser parser = Json.mapper().createParser(json)) {
            parser.nextToken();
            Event event = CloudEventParser.event(parser, json, arrivedMicros);
            end(parser);
            return event;
        } catch (IOException malformed) {
            throw malformed(malformed);
        }
    }

    /** Reads a JSON array of events, at most {@code max}. */
    public static List<Event> readBatch(byte[] json, long arrivedMicros, int max) {
        try (JsonParser parser = Json.mapper().createParser(json)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw EventProblem.badEvent("a batch is a JSON array of events", "");
            }
            List<Event> events = CloudEventParser.events(parser, json, arrivedMicros, max);
            end(parser);
            return events;
        } catch (IOException malformed) {
            throw malformed(malformed);
        }
    }

    private static void end(JsonParser parser) throws IOException {
        if (parser.nextToken() != null) {
            throw EventProblem.badEvent("there is more after the JSON value", "");
        }
    }

    static EventProblem malformed(IOException cause) {
        String why = cause.getMessage() == null ? "not JSON" : firstLine(cause.getMessage());
        return EventProblem.badEvent("malformed JSON: " + why, "");
    }

    private static String firstLine(String text) {
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }

    /** @throws EventProblem if the event's data is not JSON */
    public static byte[] write(Event event) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(TYPICAL_BYTES + event.data().length);
        try (JsonGenerator json = Json.mapper().getFactory().createGenerator(out)) {
            write(json, event);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    public static byte[] writeBatch(List<Event> events) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(TYPICAL_BYTES * (events.size() + 1));
        try (JsonGenerator json = Json.mapper().getFactory().createGenerator(out)) {
            json.writeStartArray();
            for (Event event : events) {
                write(json, event);
            }
            json.writeEndArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    private static void write(JsonGenerator json, Event event) throws IOException {
        json.writeStartObject();
        json.writeStringField("specversion", SPEC_VERSION);
        json.writeStringField("id", event.id());
        json.writeStringField("source", event.source());
        json.writeStringField("type", event.type());
        if (!event.subject().isEmpty()) {
            json.writeStringField("subject", event.subject());
        }
        json.writeStringField("time", Times.instant(event.timeMicros()).toString());
        for (Map.Entry<String, String> extension : event.extensions().entrySet()) {
            json.writeStringField(extension.getKey(), extension.getValue());
        }
        if (event.data().length > 0) {
            checkData(event.data());
            json.writeFieldName("data");
            json.writeRawValue(new SerializedString(new String(event.data(), StandardCharsets.UTF_8)));
        }
        json.writeEndObject();
    }

    /** Refuses bytes that are not exactly one JSON value. */
    public static void checkData(byte[] data) {
        try (JsonParser parser = Json.mapper().createParser(data)) {
            if (parser.nextToken() == null) {
                throw EventProblem.badEvent("its data is empty", "");
            }
            parser.skipChildren();
            end(parser);
        } catch (IOException | InvalidValue malformed) {
            throw EventProblem.badEvent("its data is not JSON", "Wrap other content into a JSON string.");
        }
    }
}
