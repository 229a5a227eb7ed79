package io.dougong.events;

import io.dougong.kernel.RowReader;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One fact that happened, in the attributes of CloudEvents 1.0.2.
 *
 * @param id unique within its stream: an event appended twice under one id is kept once
 * @param source URI reference of what produced it
 * @param type e.g. {@code org.example.flight.departed}
 * @param subject partition key: events of one subject keep their order; empty if the event has none (then the id spreads it)
 * @param timeMicros when it happened, in microseconds since 1970-01-01T00:00:00Z
 * @param data the payload, one JSON value in UTF-8; not copied, so it must not be changed afterwards
 * @param extensions further CloudEvents attributes by name; also holds {@code dataschema} and {@code datacontenttype} if given
 */
public record Event(
        String id,
        String source,
        String type,
        String subject,
        long timeMicros,
        byte[] data,
        Map<String, String> extensions) {

    /** The most characters that id, source, type, subject and each extension may have. */
    public static final int MAX_ATTRIBUTE_LENGTH = 1024;

    /** The most extensions one event may carry. */
    public static final int MAX_EXTENSIONS = 64;

    private static final Pattern EXTENSION_NAME = Pattern.compile("[a-z0-9]+");

    public Event {
        present("id", id);
        present("source", source);
        present("type", type);
        bounded("subject", subject);
        extensions = checked(extensions);
    }

    /** An event without extensions. */
    public static Event of(String id, String source, String type, String subject, long timeMicros, byte[] data) {
        return new Event(id, source, type, subject, timeMicros, data, Map.of());
    }

    /** The same with one more extension attribute. */
    public Event with(String name, String value) {
        Map<String, String> more = new TreeMap<>(extensions);
        more.put(name, value);
        return new Event(id, source, type, subject, timeMicros, data, more);
    }

    private static void present(String name, String value) {
        if (value.isEmpty()) {
            throw EventProblem.badEvent("attribute '" + name + "' is empty", "CloudEvents requires it.");
        }
        bounded(name, value);
    }

    private static void bounded(String name, String value) {
        if (value.length() > MAX_ATTRIBUTE_LENGTH) {
            throw EventProblem.badEvent(
                    "attribute '" + name + "' has " + value.length() + " characters, more than " + MAX_ATTRIBUTE_LENGTH,
                    "Maybe it belongs into the data.");
        }
        if (!RowReader.isUnicode(value)) {
            throw EventProblem.badEvent(
                    "attribute '" + name + "' holds half of a surrogate pair", "Send whole characters.");
        }
    }

    private static Map<String, String> checked(Map<String, String> extensions) {
        if (extensions.isEmpty()) {
            return Map.of();
        }
        if (extensions.size() > MAX_EXTENSIONS) {
            throw EventProblem.badEvent(
                    extensions.size() + " extensions are more than " + MAX_EXTENSIONS, "Put them into the data.");
        }
        extensions.forEach(Event::checkExtension);
        return Collections.unmodifiableMap(new TreeMap<>(extensions));
    }

    private static void checkExtension(String name, String value) {
        if (!EXTENSION_NAME.matcher(name).matches() || CloudEvents.isAttribute(name)) {
            throw EventProblem.badEvent(
                    "'" + name + "' is not the name of an extension",
                    "CloudEvents allows the letters a-z and digits, and not the names of its own attributes.");
        }
        bounded(name, value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Event that
                && timeMicros == that.timeMicros
                && id.equals(that.id)
                && source.equals(that.source)
                && type.equals(that.type)
                && subject.equals(that.subject)
                && Arrays.equals(data, that.data)
                && extensions.equals(that.extensions);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, source, type, subject, timeMicros, Arrays.hashCode(data), extensions);
    }

    /** Without subject and data, which may be personal. */
    @Override
    public String toString() {
        return "Event[" + type + " " + id + ", " + data.length + " bytes]";
    }
}
