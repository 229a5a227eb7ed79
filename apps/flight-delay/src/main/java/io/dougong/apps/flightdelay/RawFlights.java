package io.dougong.apps.flightdelay;

import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The cleaning rules of data/provenance/README.md, applied to the full file row by row: duplicates and impossible rows are
 * dropped, flights that left after midnight are moved to the day they left, local times become instants.
 */
final class RawFlights {

    private static final int LEAST_DELAY = -120;
    private static final int NEAR_DAY_MINUTES = 1_380;

    private record Key(LocalDateTime date, int delay, int distance, String origin, String destination) {}

    private final Airports airports;
    private final Flights flights;
    private final Set<Key> sameMinute = new HashSet<>();
    private @Nullable LocalDateTime minute;
    private int row;
    private int duplicates;
    private int impossible;
    private int moved;

    RawFlights(Airports airports, Flights flights) {
        this.airports = airports;
        this.flights = flights;
    }

    void add(LocalDateTime date, int delay, int distance, String origin, String destination) {
        row++;
        int minuteOfDay = date.getHour() * 60 + date.getMinute();
        if (isDuplicate(new Key(date, delay, distance, origin, destination))) {
            duplicates++;
        } else if (impossible(minuteOfDay, delay)) {
            impossible++;
        } else {
            LocalDateTime left = minuteOfDay > 0 && delay > minuteOfDay ? movedToNextDay(date) : date;
            long departure = left.atZone(airports.zone(airports.number(origin)))
                    .toInstant()
                    .toEpochMilli();
            flights.add(row, departure, delay, distance, origin, destination);
        }
    }

    /** The file is in order of date, so equal rows share their minute. */
    private boolean isDuplicate(Key key) {
        if (!key.date().equals(minute)) {
            minute = key.date();
            sameMinute.clear();
        }
        return !sameMinute.add(key);
    }

    private LocalDateTime movedToNextDay(LocalDateTime date) {
        moved++;
        return date.plusDays(1);
    }

    private static boolean impossible(int minute, int delay) {
        return delay < LEAST_DELAY || delay >= NEAR_DAY_MINUTES && (minute == 0 || minute >= NEAR_DAY_MINUTES);
    }

    int duplicates() {
        return duplicates;
    }

    int impossible() {
        return impossible;
    }

    int moved() {
        return moved;
    }
}
