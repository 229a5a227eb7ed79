package io.dougong.apps.flightdelay;

import io.dougong.kernel.Row;
import io.dougong.kernel.Schema;
import io.dougong.kernel.Times;
import io.dougong.lake.ExternalFiles;
import io.dougong.lake.ImportOrder;
import io.dougong.lake.RowCursor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Reads flights from a Parquet file: the committed sample, or the full file as its publisher ships it. */
final class FlightFile {

    private static final int EXPECTED_SAMPLE = 210_000;
    private static final int EXPECTED_FULL = 3_000_000;
    private static final long MICROS_PER_MILLI = 1_000;

    private final ExternalFiles files;
    private final Path data;

    /** @param data the folder with airports.csv */
    FlightFile(ExternalFiles files, Path data) {
        this.files = files;
        this.data = data;
    }

    Flights read(Path file) throws IOException {
        Airports airports = Airports.read(data.resolve("airports.csv"));
        try (RowCursor rows = files.read(file, ImportOrder.ALL)) {
            return rows.schema().has("known") ? sample(rows, airports) : full(rows, airports);
        }
    }

    private static Flights sample(RowCursor rows, Airports airports) {
        Flights flights = new Flights(airports, EXPECTED_SAMPLE);
        Columns columns = new Columns(rows.schema(), "departure");
        int id = rows.schema().place("id");
        while (rows.hasNext()) {
            Row row = rows.next();
            int source = Integer.parseInt(columns.text(row, id).substring(1));
            flights.add(
                    source,
                    columns.micros(row) / MICROS_PER_MILLI,
                    columns.delay(row),
                    columns.distance(row),
                    columns.origin(row),
                    columns.destination(row));
        }
        return flights;
    }

    private static Flights full(RowCursor rows, Airports airports) {
        Flights flights = new Flights(airports, EXPECTED_FULL);
        RawFlights raw = new RawFlights(airports, flights);
        Columns columns = new Columns(rows.schema(), "date");
        while (rows.hasNext()) {
            Row row = rows.next();
            LocalDateTime date = LocalDateTime.ofInstant(Times.instant(columns.micros(row)), ZoneOffset.UTC);
            raw.add(date, columns.delay(row), columns.distance(row), columns.origin(row), columns.destination(row));
        }
        return flights;
    }

    /** Where the columns stand. */
    private record Columns(int time, int delay, int distance, int origin, int destination) {

        Columns(Schema schema, String time) {
            this(
                    schema.place(time),
                    schema.place("delay"),
                    schema.place("distance"),
                    schema.place("origin"),
                    schema.place("destination"));
        }

        long micros(Row row) {
            return (long) row.number(time);
        }

        int delay(Row row) {
            return (int) row.number(delay);
        }

        int distance(Row row) {
            return (int) row.number(distance);
        }

        String origin(Row row) {
            return text(row, origin);
        }

        String destination(Row row) {
            return text(row, destination);
        }

        String text(Row row, int place) {
            String text = row.text(place);
            if (text == null) {
                throw new IllegalStateException(
                        "A flight without " + row.schema().field(place).name());
            }
            return text;
        }
    }
}
