package io.dougong.apps.flightdelay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The airports of the data set, numbered, each with its time zone. */
final class Airports {

    private final List<String> codes = new ArrayList<>();
    private final List<ZoneId> zones = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    private Airports() {}

    /** @param csv with the code in the first column and the IANA zone in the last */
    static Airports read(Path csv) throws IOException {
        Airports airports = new Airports();
        for (String line : Files.readAllLines(csv).stream().skip(1).toList()) {
            String code = line.substring(0, line.indexOf(','));
            String zone = line.substring(line.lastIndexOf(',') + 1).strip();
            airports.numbers.put(code, airports.codes.size());
            airports.codes.add(code);
            airports.zones.add(ZoneId.of(zone));
        }
        return airports;
    }

    int number(String code) {
        Integer number = numbers.get(code);
        if (number == null) {
            throw new IllegalStateException("Airport '" + code + "' is not in airports.csv");
        }
        return number;
    }

    String code(int number) {
        return codes.get(number);
    }

    ZoneId zone(int number) {
        return zones.get(number);
    }
}
