package io.dougong.events;

import io.dougong.kernel.Field;
import io.dougong.kernel.FieldType;
import io.dougong.kernel.Json;
import io.dougong.kernel.Row;
import io.dougong.kernel.Times;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes events of one stream from rows or plain JSON: subject and time are taken from the fields that the definition names. */
public final class EventWriter {

    private final StreamDefinition definition;
    private final EventReader reader;
    private final String source;
    private final String type;

    public EventWriter(StreamDefinition definition, String source, String type) {
        this.definition = definition;
        this.reader = new EventReader(definition);
        this.source = source;
        this.type = type;
    }

    /** The row must hold key and event time; missing values are left out of the data. */
    public Addressed write(String id, Row row) {
        Event event = Event.of(id, source, type, reader.key(row), reader.timeMicros(row), data(row));
        return new Addressed(definition.name(), event);
    }

    /** Takes the JSON as the event's data after checking it against the schema. */
    public Addressed write(String id, byte[] json) {
        Row row = reader.read(json);
        Event event = Event.of(id, source, type, reader.key(row), reader.timeMicros(row), json);
        return new Addressed(definition.name(), event);
    }

    private static byte[] data(Row row) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < row.schema().size(); i++) {
            Object value = row.get(i);
            if (value != null) {
                values.put(row.schema().field(i).name(), json(row.schema().field(i), value));
            }
        }
        return Json.bytes(values);
    }

    private static Object json(Field field, Object value) {
        return field.type() == FieldType.TIMESTAMP && value instanceof Long micros
                ? Times.instant(micros).toString()
                : value;
    }
}
