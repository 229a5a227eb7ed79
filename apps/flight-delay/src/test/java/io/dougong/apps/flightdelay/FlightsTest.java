package io.dougong.apps.flightdelay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dougong.kernel.Json;
import io.dougong.lake.duckdb.DuckDbBudget;
import io.dougong.lake.duckdb.DuckDbFiles;
import io.dougong.manifest.Manifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlightsTest {

    private static final Path DATA = Path.of("data");

    @TempDir
    Path spill;

    private Flights sample;

    @BeforeEach
    void readTheCommittedSample() throws Exception {
        DuckDbFiles files = new DuckDbFiles(DuckDbBudget.of(spill));
        sample = new FlightFile(files, DATA).read(DATA.resolve("flights-sample.parquet"));
    }

    @Test
    void theSampleHoldsWhatItsProvenanceSays() throws Exception {
        JsonNode expected = Json.tree(
                        Files.readAllBytes(DATA.resolve("provenance").resolve("expected.json")))
                .get("sample");
        assertThat(sample.size()).isEqualTo(200_460);
        assertThat(IntStream.range(0, sample.size()).filter(sample::late).count())
                .isEqualTo(45_624);
        assertThat(expected.get("rows").asInt()).isEqualTo(sample.size());
        IntStream flights = IntStream.range(0, sample.size());
        assertThat(flights.map(sample::delay).sum())
                .isEqualTo(expected.get("sum_delay").asInt());
        assertThat(IntStream.range(0, sample.size()).map(sample::distance).sum())
                .isEqualTo(expected.get("sum_distance").asInt());
        assertThat(IntStream.range(0, sample.size())
                        .map(flight -> sample.localDeparture(flight).getHour())
                        .sum())
                .isEqualTo(expected.get("sum_local_hour").asInt());
    }

    @Test
    void eventsComeInOrderOfTimeAndEachFlightIsKnownAfterItLeft() {
        FlightStream stream = new FlightStream(sample);
        Map<String, Long> left = new HashMap<>();
        long last = Long.MIN_VALUE;
        int events = 0;
        while (stream.hasNext()) {
            FlightStream.Item item = stream.next();
            assertThat(item.timeMillis()).isGreaterThanOrEqualTo(last);
            last = item.timeMillis();
            events++;
            if (events > 20_000) {
                continue;
            }
            String id = Json.tree(item.json()).get("id").asText();
            if (item.stream().equals("departures")) {
                left.put(id, item.timeMillis());
            } else {
                assertThat(left.get(id)).isLessThan(item.timeMillis());
            }
        }
        assertThat(events).isEqualTo(400_920);
    }

    @Test
    void theManifestHasNoMistake() {
        assertThat(Manifest.read(Path.of("app.yaml")).name()).isEqualTo("flight-delay");
    }

    @Test
    void cleaningDropsDuplicatesAndTheImpossibleAndMovesFlightsThatLeftAfterMidnight() throws Exception {
        Flights flights = new Flights(Airports.read(DATA.resolve("airports.csv")), 10);
        RawFlights raw = new RawFlights(Airports.read(DATA.resolve("airports.csv")), flights);
        LocalDateTime noon = LocalDateTime.of(2001, 1, 1, 12, 0);
        raw.add(noon, 5, 100, "LAX", "ORD");
        raw.add(noon, 5, 100, "LAX", "ORD");
        raw.add(noon, -1116, 100, "LAX", "ORD");
        raw.add(noon.withHour(23), 1400, 100, "PHX", "DTW");
        raw.add(noon.withHour(0).withMinute(40), 70, 100, "LAX", "ORD");
        assertThat(flights.size()).isEqualTo(2);
        assertThat(raw.duplicates()).isEqualTo(1);
        assertThat(raw.impossible()).isEqualTo(2);
        assertThat(raw.moved()).isEqualTo(1);
        assertThat(flights.localDeparture(1)).isEqualTo(LocalDateTime.of(2001, 1, 2, 0, 40));
        assertThat(flights.id(1)).isEqualTo("F0000005");
    }
}
