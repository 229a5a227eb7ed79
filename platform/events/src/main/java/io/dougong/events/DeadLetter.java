package io.dougong.events;

import io.dougong.kernel.Ids;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An event that was put aside with the reason why; kept in the system stream {@code <stream>.dead}, partition 0.
 *
 * @param position in the system stream
 * @param original where the event stands in its own stream; empty if it was refused before it was stored
 * @param event as it was
 */
public record DeadLetter(Position position, Optional<Position> original, Rejection why, Event event) {

    public static final String SUFFIX = ".dead";

    private static final String CODE = "deadcode";
    private static final String MESSAGE = "deadmessage";
    private static final String EVENT_ID = "deadid";
    private static final String ORIGINAL = "deadposition";

    public static String streamOf(String stream) {
        return stream + SUFFIX;
    }

    /** The event of the system stream that carries this one; putting the same aside for the same reason gives the same id. */
    public static Event wrap(Event event, Optional<Position> original, Rejection why) {
        Map<String, String> extensions = new TreeMap<>(event.extensions());
        String where = original.map(Position::toString).orElse("");
        extensions.put(CODE, why.code());
        extensions.put(MESSAGE, shorten(why.message()));
        extensions.put(EVENT_ID, event.id());
        if (!where.isEmpty()) {
            extensions.put(ORIGINAL, where);
        }
        String id = Ids.derived(event.id() + '\n' + where + '\n' + why.code());
        return new Event(
                id, event.source(), event.type(), event.subject(), event.timeMicros(), event.data(), extensions);
    }

    /** Reads what {@link #wrap} wrote. */
    public static DeadLetter unwrap(Stored stored) {
        Event wrapped = stored.event();
        Map<String, String> extensions = new TreeMap<>(wrapped.extensions());
        Rejection why = new Rejection(taken(extensions, CODE), taken(extensions, MESSAGE));
        String id = taken(extensions, EVENT_ID);
        Optional<Position> original =
                Optional.ofNullable(extensions.remove(ORIGINAL)).map(Position::parse);
        Event event = new Event(
                id.isEmpty() ? wrapped.id() : id,
                wrapped.source(),
                wrapped.type(),
                wrapped.subject(),
                wrapped.timeMicros(),
                wrapped.data(),
                extensions);
        return new DeadLetter(stored.position(), original, why, event);
    }

    private static String taken(Map<String, String> extensions, String name) {
        String value = extensions.remove(name);
        return value == null ? "" : value;
    }

    private static String shorten(String message) {
        return message.length() <= Event.MAX_ATTRIBUTE_LENGTH
                ? message
                : message.substring(0, Event.MAX_ATTRIBUTE_LENGTH - 1) + "…";
    }
}
