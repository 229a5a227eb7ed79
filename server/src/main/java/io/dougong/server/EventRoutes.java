package io.dougong.server;

import static io.dougong.server.BodyField.required;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dougong.events.Appended;
import io.dougong.events.Stored;
import io.dougong.events.StreamInfo;
import io.dougong.kernel.Json;
import io.dougong.kernel.Times;
import io.dougong.node.Node;
import io.dougong.trust.Permission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Appending and reading events. */
final class EventRoutes {

    private static final String TAG = "events";
    private static final String LINES = "application/x-ndjson";
    private static final long BATCH_BYTES = 8L * 1024 * 1024;
    private static final int MOST_READ = 10_000;
    private static final int READ = 100;
    private static final int FEED_BATCH = 500;
    private static final List<BodyField> MIXED = List.of(
            required("stream", BodyField.Type.TEXT, "name of the stream"),
            required("event", BodyField.Type.OBJECT, "the event"));

    private final Node node;

    EventRoutes(Node node) {
        this.node = node;
    }

    List<Endpoint> endpoints() {
        String stream = "/api/v1/applications/{application}/streams/{stream}";
        return List.of(
                Endpoint.post(stream + "/events")
                        .tag(TAG)
                        .says("Append one event, an array of them, or one a line: all or none, durable when answered")
                        .needs(Permission.APPEND_EVENTS)
                        .in(Lanes.Kind.APPEND)
                        .takes(BATCH_BYTES, Endpoint.JSON, LINES)
                        .handledBy(this::append),
                Endpoint.post("/api/v1/applications/{application}/events")
                        .tag(TAG)
                        .says("Append events of several streams in this order, one a line"
                                + " ({\"stream\": NAME, \"event\": {…}}): all or none, durable when answered")
                        .needs(Permission.APPEND_EVENTS)
                        .in(Lanes.Kind.APPEND)
                        .takes(BATCH_BYTES, LINES)
                        .handledBy(this::appendMixed),
                Endpoint.get(stream + "/events")
                        .tag(TAG)
                        .says("Read stored events, partition by partition")
                        .needs(Permission.READ)
                        .in(Lanes.Kind.READ)
                        .query("from", "first offset of each partition")
                        .query("since", "first time of arrival, RFC 3339; instead of from")
                        .query("max", "at most so many, 1 to 10000; 100 if absent")
                        .answers(this::read),
                Endpoint.get(stream + "/tail")
                        .tag(TAG)
                        .says("Events as they arrive, as server-sent events; Last-Event-ID goes on where it left off")
                        .needs(Permission.READ)
                        .in(Lanes.Kind.FEED)
                        .query("from", "first offset of each partition; the end if absent")
                        .query("since", "first time of arrival, RFC 3339; instead of from")
                        .answers(this::tail));
    }

    private CompletionStage<Reply> append(Call call) {
        List<byte[]> events = call.mediaType().equals(LINES) ? lines(call.bytes()) : values(call.bytes());
        return node.append(call.path("application"), call.path("stream"), events)
                .thenApply(EventRoutes::appended);
    }

    private CompletionStage<Reply> appendMixed(Call call) {
        List<Node.StreamEvent> events =
                lines(call.bytes()).stream().map(EventRoutes::mixed).toList();
        return node.append(call.path("application"), events).thenApply(EventRoutes::appended);
    }

    private static Node.StreamEvent mixed(byte[] line) {
        Body body = Body.read(line, MIXED);
        return new Node.StreamEvent(body.text("stream"), body.object("event"));
    }

    private static Reply appended(List<Appended> results) {
        long duplicates = results.stream().filter(Appended::duplicate).count();
        List<String> positions =
                results.stream().map(result -> result.position().toString()).toList();
        return Reply.ok(
                Map.of("appended", results.size() - duplicates, "duplicates", duplicates, "positions", positions));
    }

    private static List<byte[]> lines(byte[] bytes) {
        List<byte[]> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= bytes.length; i++) {
            if (i == bytes.length || bytes[i] == '\n') {
                byte[] line = java.util.Arrays.copyOfRange(bytes, start, i);
                if (!new String(line, java.nio.charset.StandardCharsets.UTF_8).isBlank()) {
                    lines.add(line);
                }
                start = i + 1;
            }
        }
        return some(lines);
    }

    private static List<byte[]> values(byte[] bytes) {
        int first = 0;
        while (first < bytes.length && Character.isWhitespace(bytes[first])) {
            first++;
        }
        if (first == bytes.length || bytes[first] != '[') {
            return List.of(bytes);
        }
        List<byte[]> values = new ArrayList<>();
        for (JsonNode value : Json.tree(bytes)) {
            values.add(Json.bytes(value));
        }
        return some(values);
    }

    private static List<byte[]> some(List<byte[]> events) {
        if (events.isEmpty()) {
            throw ServerProblem.badRequest("The body holds no event.");
        }
        return events;
    }

    private Reply read(Call call) {
        int max = call.count("max", READ, MOST_READ);
        List<ObjectNode> events = new ArrayList<>();
        for (Map.Entry<Integer, Long> start : starts(call, true).entrySet()) {
            stored(call, start.getKey(), start.getValue(), max - events.size())
                    .forEach(stored -> events.add(Views.of(stored)));
            if (events.size() == max) {
                break;
            }
        }
        return Reply.ok(Map.of("events", events));
    }

    /** Where to begin in each partition: the number of the partition to an offset. */
    private Map<Integer, Long> starts(Call call, boolean fromStart) {
        Map<Integer, Long> starts = new LinkedHashMap<>();
        List<StreamInfo.Extent> extents =
                node.stream(call.path("application"), call.path("stream")).partitions();
        for (int partition = 0; partition < extents.size(); partition++) {
            starts.put(partition, start(call, partition, extents.get(partition), fromStart));
        }
        return starts;
    }

    private long start(Call call, int partition, StreamInfo.Extent extent, boolean fromStart) {
        Optional<Instant> since = call.instant("since");
        if (since.isPresent()) {
            return node.offsetAt(call.path("application"), call.path("stream"), partition, Times.micros(since.get()));
        }
        long otherwise = fromStart ? extent.startOffset() : extent.endOffset();
        return Math.max(extent.startOffset(), call.number("from", otherwise, 0, Long.MAX_VALUE));
    }

    private List<Stored> stored(Call call, int partition, long offset, int most) {
        return node.read(call.path("application"), call.path("stream"), partition, offset, most);
    }

    private Feed tail(Call call) {
        Map<Integer, Long> next = starts(call, false);
        if (!call.lastEventId().isEmpty()) {
            resume(next, call.lastEventId());
        }
        return new Feed(() -> {
            List<Feed.Item> items = new ArrayList<>();
            for (Map.Entry<Integer, Long> partition : next.entrySet()) {
                List<Stored> found = stored(call, partition.getKey(), partition.getValue(), FEED_BATCH);
                for (Stored stored : found) {
                    partition.setValue(stored.position().offset() + 1);
                    items.add(new Feed.Item(id(next), Json.bytes(Views.of(stored))));
                }
            }
            return items;
        });
    }

    /** The offsets of all partitions, e.g. {@code 17,4}. */
    private static String id(Map<Integer, Long> next) {
        return String.join(",", next.values().stream().map(String::valueOf).toList());
    }

    private static void resume(Map<Integer, Long> next, String lastEventId) {
        String[] offsets = lastEventId.split(",", -1);
        try {
            int i = 0;
            for (Map.Entry<Integer, Long> partition : next.entrySet()) {
                partition.setValue(Math.max(0, Long.parseLong(offsets[i++])));
            }
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException malformed) {
            throw ServerProblem.badParameter("Last-Event-ID", lastEventId, "an id that this feed has sent");
        }
    }
}
