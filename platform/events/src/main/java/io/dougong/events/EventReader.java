package io.dougong.events;

import io.dougong.kernel.InvalidValue;
import io.dougong.kernel.Row;
import io.dougong.kernel.RowReader;

/** Reads the data of a stream's events into rows and checks them against its definition. */
public final class EventReader {

    private final RowReader rows;
    private final String stream;
    private final int keyPlace;
    private final int timePlace;

    public EventReader(StreamDefinition definition) {
        this.rows = new RowReader(definition.schema());
        this.stream = definition.name();
        this.keyPlace = definition.schema().place(definition.key());
        this.timePlace = definition.schema().place(definition.time());
    }

    /** @throws InvalidValue if the data breaks the schema or lacks key or event time */
    public Row read(Event event) {
        return read(event.data());
    }

    public Row read(byte[] data) {
        Row row = rows.read(data);
        present(row, keyPlace, "key");
        present(row, timePlace, "event time");
        return row;
    }

    public String key(Row row) {
        String key = row.text(keyPlace);
        if (key == null) {
            throw missing(row, keyPlace, "key");
        }
        return key;
    }

    /** Event time of a row, in microseconds. */
    public long timeMicros(Row row) {
        if (row.get(timePlace) instanceof Long micros) {
            return micros;
        }
        throw missing(row, timePlace, "event time");
    }

    private void present(Row row, int place, String role) {
        if (row.get(place) == null) {
            throw missing(row, place, role);
        }
    }

    private InvalidValue missing(Row row, int place, String role) {
        return new InvalidValue(
                "missing-field",
                "Field '" + row.schema().field(place).name() + "', the " + role + " of stream '" + stream
                        + "', is missing.",
                "");
    }
}
