package io.dougong.apps.flightdelay;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dougong.kernel.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.Map;

/** Departures and arrivals merged by event time: what an airport would have sent, in the order it would have been known. */
final class FlightStream {

    /** One event for the log. */
    record Item(String stream, long timeMillis, byte[] json) {}

    private final Flights flights;
    private Break broken = Break.NONE;
    private final int[] departures;
    private final int[] arrivals;
    private int nextDeparture;
    private int nextArrival;

    FlightStream(Flights flights) {
        this.flights = flights;
        this.departures = flights.byDeparture();
        this.arrivals = flights.byKnown();
    }

    /** From now on this goes wrong. */
    void breaks(Break next) {
        broken = next;
    }

    int size() {
        return 2 * flights.size();
    }

    int remaining() {
        return departures.length - nextDeparture + arrivals.length - nextArrival;
    }

    long lastDepartureMillis() {
        return flights.departureMillis(departures[departures.length - 1]);
    }

    boolean hasNext() {
        return nextArrival < arrivals.length;
    }

    long nextMillis() {
        return departureIsNext()
                ? flights.departureMillis(departures[nextDeparture])
                : flights.knownMillis(arrivals[nextArrival]);
    }

    Item next() {
        long millis = nextMillis();
        return departureIsNext()
                ? new Item("departures", millis, departure(departures[nextDeparture++]))
                : new Item("arrivals", millis, arrival(arrivals[nextArrival++]));
    }

    /** Whether each flight was really late, whatever a broken feed reports; by id, of the flights that left in this time. */
    Map<String, Boolean> truth(long fromMillis, long untilMillis) {
        Map<String, Boolean> truth = new HashMap<>();
        for (int flight = 0; flight < flights.size(); flight++) {
            long left = flights.departureMillis(flight);
            if (left >= fromMillis && left < untilMillis) {
                truth.put(flights.id(flight), flights.late(flight));
            }
        }
        return truth;
    }

    private boolean departureIsNext() {
        return nextDeparture < departures.length
                && flights.departureMillis(departures[nextDeparture]) <= flights.knownMillis(arrivals[nextArrival]);
    }

    private byte[] departure(int flight) {
        LocalDateTime local = flights.localDeparture(flight);
        return json(out -> {
            out.writeStringField("id", flights.id(flight));
            out.writeStringField("departure", instant(flights.departureMillis(flight)));
            out.writeStringField("origin", flights.origin(flight));
            out.writeStringField("destination", flights.destination(flight));
            out.writeNumberField("distance", flights.distance(flight));
            out.writeNumberField("local_minute", local.getHour() * 60 + local.getMinute());
            out.writeNumberField("local_weekday", local.getDayOfWeek().getValue());
        });
    }

    private byte[] arrival(int flight) {
        return json(out -> {
            out.writeStringField("id", flights.id(flight));
            out.writeStringField("known", instant(flights.knownMillis(flight)));
            out.writeStringField("origin", flights.origin(flight));
            out.writeStringField("destination", flights.destination(flight));
            out.writeNumberField(
                    "delay",
                    broken.reported(flights.destination(flight), flights.knownMillis(flight), flights.delay(flight)));
        });
    }

    private static String instant(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    private interface Fields {
        void write(JsonGenerator out) throws IOException;
    }

    private static byte[] json(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(192);
        try (JsonGenerator out = Json.mapper().getFactory().createGenerator(bytes)) {
            out.writeStartObject();
            fields.write(out);
            out.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
