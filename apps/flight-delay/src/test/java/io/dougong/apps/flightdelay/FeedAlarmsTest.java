package io.dougong.apps.flightdelay;

import static org.assertj.core.api.Assertions.assertThat;

import io.dougong.events.EventReader;
import io.dougong.kernel.Row;
import io.dougong.lake.duckdb.DuckDbBudget;
import io.dougong.lake.duckdb.DuckDbFiles;
import io.dougong.manifest.Application;
import io.dougong.manifest.Manifest;
import io.dougong.operate.FeedShape;
import io.dougong.operate.Reading;
import io.dougong.operate.Watch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the feed monitors say of half a year of real flights. {@code -Dflights=FILE} takes another file than the committed sample, e.g.
 * the one with all flights.
 */
class FeedAlarmsTest {

    private static final int REPLAYS = 20;
    private static final double LEFT_OUT = 0.2;
    private static final Path DATA = Path.of("data");
    private static final Path FLIGHTS = Path.of(System.getProperty("flights", "data/flights-sample.parquet"));

    private static Application application;
    private static Flights flights;

    private record Seen(String stream, long micros, Row row, String origin, String destination) {}

    @BeforeAll
    static void read(@TempDir Path spill) throws Exception {
        application = Manifest.read(Path.of("app.yaml"));
        flights = new FlightFile(new DuckDbFiles(DuckDbBudget.of(spill)), DATA).read(FLIGHTS);
    }

    @Test
    void unbrokenFeedsAreNotCalledBroken() {
        for (int seed = 0; seed < REPLAYS; seed++) {
            assertThat(alarms(Break.NONE, withoutSome(seed)))
                    .as("replay %d", seed)
                    .isEmpty();
        }
    }

    @Test
    void theBrokenFeedIsFoundAndNothingElse() {
        Break broken = Break.within(flights.departureMillis(0), flights.departureMillis(flights.size() - 1));
        assertThat(alarms(broken, _ -> true))
                .contains("arrivals/stuck/destination=ORD/delay")
                .allMatch(alarm -> alarm.startsWith("arrivals/stuck/") && alarm.endsWith("/delay"));
    }

    /** Another set of airports for each seed. */
    private static Predicate<Seen> withoutSome(int seed) {
        Map<String, Boolean> left = new HashMap<>();
        SplittableRandom random = new SplittableRandom(seed);
        return seen -> !left.computeIfAbsent(seen.origin(), _ -> random.nextDouble() < LEFT_OUT)
                && !left.computeIfAbsent(seen.destination(), _ -> random.nextDouble() < LEFT_OUT);
    }

    /** Every alarm that was ever on and says that events are wrong, by the end of any day. */
    private static Set<String> alarms(Break broken, Predicate<Seen> which) {
        FlightStream stream = new FlightStream(flights);
        stream.breaks(broken);
        Watch watch = watch();
        Map<String, EventReader> readers = new HashMap<>();
        application.streams().forEach(each -> readers.put(each.name(), new EventReader(each.definition())));
        Set<String> alarms = new TreeSet<>();
        long day = Long.MIN_VALUE;
        while (stream.nextMillis() < stream.lastDepartureMillis()) {
            FlightStream.Item item = stream.next();
            Row row = Objects.requireNonNull(readers.get(item.stream())).read(item.json());
            Seen seen = new Seen(
                    item.stream(),
                    item.timeMillis() * 1_000,
                    row,
                    String.valueOf(row.get("origin")),
                    String.valueOf(row.get("destination")));
            if (which.test(seen)) {
                watch.event(seen.stream(), seen.micros(), seen.row());
                if (seen.micros() / 86_400_000_000L > day) {
                    day = seen.micros() / 86_400_000_000L;
                    watch.alarms().stream()
                            .map(Reading::id)
                            .filter(FeedAlarmsTest::saysWrong)
                            .forEach(alarms::add);
                }
            }
        }
        return alarms;
    }

    private static Watch watch() {
        List<FeedShape> shapes = new ArrayList<>();
        application
                .streams()
                .forEach(stream -> shapes.add(new FeedShape(
                        stream.name(),
                        stream.definition().schema(),
                        stream.definition().key(),
                        application.monitors().groups().getOrDefault(stream.name(), List.of()))));
        return new Watch(application.monitors(), shapes, null, _ -> null);
    }

    private static boolean saysWrong(String alarm) {
        return !alarm.contains("/volume/");
    }
}
