package io.dougong.apps.flightdelay;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * All flights of a file in columns, about 20 bytes each, in the order of departure. Departures and arrivals are told apart by when
 * they become known: a flight leaves at {@link #departureMillis}, and its delay is known at {@link #knownMillis}.
 */
final class Flights {

    static final long MILLIS_PER_MINUTE = 60_000;

    private static final int ID_DIGITS = 7;
    private static final long MILLIS_PER_MILE = 7_500;
    private static final long MINUTES_UNTIL_KNOWN = 30;
    private static final int LATE_MINUTES = 15;

    private final Airports airports;
    private int size;
    private int[] row;
    private long[] departureMillis;
    private short[] delay;
    private short[] distance;
    private short[] origin;
    private short[] destination;

    Flights(Airports airports, int expected) {
        this.airports = airports;
        row = new int[expected];
        departureMillis = new long[expected];
        delay = new short[expected];
        distance = new short[expected];
        origin = new short[expected];
        destination = new short[expected];
    }

    void add(int sourceRow, long departureMillis, int delay, int distance, String origin, String destination) {
        if (size == row.length) {
            grow(size + size / 2 + 1);
        }
        row[size] = sourceRow;
        this.departureMillis[size] = departureMillis;
        this.delay[size] = (short) delay;
        this.distance[size] = (short) distance;
        this.origin[size] = (short) airports.number(origin);
        this.destination[size] = (short) airports.number(destination);
        size++;
    }

    private void grow(int capacity) {
        row = Arrays.copyOf(row, capacity);
        departureMillis = Arrays.copyOf(departureMillis, capacity);
        delay = Arrays.copyOf(delay, capacity);
        distance = Arrays.copyOf(distance, capacity);
        origin = Arrays.copyOf(origin, capacity);
        destination = Arrays.copyOf(destination, capacity);
    }

    int size() {
        return size;
    }

    String id(int flight) {
        String number = Integer.toString(row[flight]);
        return "F" + "0".repeat(Math.max(0, ID_DIGITS - number.length())) + number;
    }

    long departureMillis(int flight) {
        return departureMillis[flight];
    }

    long knownMillis(int flight) {
        return departureMillis[flight]
                + distance(flight) * MILLIS_PER_MILE
                + (MINUTES_UNTIL_KNOWN + Math.max(0, delay[flight])) * MILLIS_PER_MINUTE;
    }

    int delay(int flight) {
        return delay[flight];
    }

    boolean late(int flight) {
        return delay[flight] > LATE_MINUTES;
    }

    int distance(int flight) {
        return distance[flight];
    }

    String origin(int flight) {
        return airports.code(origin[flight]);
    }

    String destination(int flight) {
        return airports.code(destination[flight]);
    }

    /** Departure on the clock of the origin. */
    LocalDateTime localDeparture(int flight) {
        ZoneId zone = airports.zone(origin[flight]);
        return LocalDateTime.ofInstant(Instant.ofEpochMilli(departureMillis[flight]), zone);
    }

    /** Flights by departure, then source row. */
    int[] byDeparture() {
        return order(departureMillis);
    }

    /** Flights by when their delay is known, then source row. */
    int[] byKnown() {
        return order(IntStream.range(0, size).mapToLong(this::knownMillis).toArray());
    }

    private int[] order(long[] millis) {
        return IntStream.range(0, size)
                .boxed()
                .sorted((a, b) -> millis[a] != millis[b] ? Long.compare(millis[a], millis[b]) : row[a] - row[b])
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
