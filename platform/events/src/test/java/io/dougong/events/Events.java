package io.dougong.events;

import java.nio.charset.StandardCharsets;

/** Events for tests. */
public final class Events {

    public static final long NOON = 1_000_000_000_000_000L;

    private Events() {}

    public static Event event(String id) {
        return event(id, id);
    }

    public static Event event(String id, String subject) {
        return Event.of(id, "/tests", "test.happened", subject, NOON, json("{\"id\":\"" + id + "\"}"));
    }

    public static Addressed to(String stream, String id) {
        return new Addressed(stream, event(id));
    }

    public static Addressed to(String stream, String id, String subject) {
        return new Addressed(stream, event(id, subject));
    }

    public static byte[] json(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
