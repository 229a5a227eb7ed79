import java.io.*;
import java.nio.file.*;
import java.time.*;
import java.util.*;

/** The cleaning rules in plain Java, over the source rows as CSV (date,delay,distance,origin,destination; file order).
 *  java CleaningCheck.java airports.csv source.csv   prints the sums that expected.json holds for "full". */
public class CleaningCheck {
    public static void main(String[] a) throws IOException {
        Map<String, ZoneId> zones = new HashMap<>();
        for (String line : Files.readAllLines(Path.of(a[0])).stream().skip(1).toList())
            zones.put(line.substring(0, 3), ZoneId.of(line.substring(line.lastIndexOf(',') + 1)));
        Set<String> seen = new HashSet<>();
        long row = 0, duplicates = 0, early = 0, wrapped = 0, moved = 0, gap = 0, rows = 0, late = 0;
        long minutes = 0, seconds = 0, hours = 0, weekdays = 0, ids = 0, delays = 0;
        try (BufferedReader in = Files.newBufferedReader(Path.of(a[1]))) {
            in.readLine();
            for (String line; (line = in.readLine()) != null; ) {
                row++;
                if (!seen.add(line)) { duplicates++; continue; }
                String[] c = line.split(",");
                LocalDateTime local = LocalDateTime.parse(c[0].replace(' ', 'T'));
                int delay = Integer.parseInt(c[1]), distance = Integer.parseInt(c[2]);
                int minute = local.getHour() * 60 + local.getMinute();
                if (delay < -120) { early++; continue; }
                if (delay >= 1380 && (minute == 0 || minute >= 1380)) { wrapped++; continue; }
                if (minute > 0 && delay > minute) { local = local.plusDays(1); moved++; }
                ZonedDateTime at = local.atZone(zones.get(c[3]));
                if (!at.toLocalDateTime().equals(local)) gap++;
                long departure = at.toInstant().toEpochMilli();
                long known = departure + distance * 7_500L + 30 * 60_000L + Math.max(delay, 0) * 60_000L;
                rows++; ids += row; delays += delay; if (delay > 15) late++;
                minutes += departure / 60_000; seconds += known / 1000;
                hours += at.getHour(); weekdays += at.getDayOfWeek().getValue();
            }
        }
        System.out.printf("source_rows %d removed_duplicates %d below_-120 %d wrap %d moved %d gap %d rows %d late %d%n"
            + "sum_departure_minutes %d sum_known_seconds_floor %d sum_local_hour %d sum_local_weekday %d sum_row %d sum_delay %d%n",
            row, duplicates, early, wrapped, moved, gap, rows, late, minutes, seconds, hours, weekdays, ids, delays);
    }
}
