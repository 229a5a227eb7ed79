package io.dougong.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class SmallThingsTest {

    @Test
    void theSha256OfAbcIsTheOneOfFips180() {
        assertThat(Digest.of("abc").hex())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void idsGrowWithTheClockAndRepeatWithTheSeed() {
        InstantSource clock = InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z"));
        String first = new Ids(clock, new SplittableRandom(1)).next();
        String later =
                new Ids(InstantSource.fixed(Instant.parse("2026-01-01T00:00:01Z")), new SplittableRandom(2)).next();
        assertThat(first).isLessThan(later).isEqualTo(new Ids(clock, new SplittableRandom(1)).next());
        assertThat(UUID.fromString(first).version()).isEqualTo(7);
        assertThat(UUID.fromString(first).variant()).isEqualTo(2);
    }

    @Test
    void aDerivedIdIsTheSameForTheSameName() {
        assertThat(Ids.derived("a/b/1")).isEqualTo(Ids.derived("a/b/1")).isNotEqualTo(Ids.derived("a/b/2"));
        assertThat(UUID.fromString(Ids.derived("a")).version()).isEqualTo(8);
    }

    @Property
    void microsecondsSurviveTheWayThroughAnInstant(
            @ForAll @LongRange(min = -62_000_000_000_000_000L, max = 250_000_000_000_000_000L) long micros) {
        assertThat(Times.micros(Times.instant(micros))).isEqualTo(micros);
    }

    @Test
    void theNearNameIsSuggestedAndAFarOneIsNot() {
        List<String> known = List.of("departures", "arrivals");
        assertThat(Suggest.nearest("departure", known)).contains("departures");
        assertThat(Suggest.nearest("arirvals", known)).contains("arrivals");
        assertThat(Suggest.nearest("weather", known)).isEmpty();
        assertThat(Suggest.near("weather", known)).contains("arrivals, departures");
    }

    @Property
    void distanceIsSymmetricAndZeroOnlyForEqualWords(@ForAll String a, @ForAll String b) {
        assertThat(Suggest.distance(a, b)).isEqualTo(Suggest.distance(b, a));
        assertThat(Suggest.distance(a, b) == 0).isEqualTo(a.equals(b));
    }

    @Test
    void offsetsCoverWhatTheyHaveSeen() {
        StreamPartition zero = new StreamPartition("a", 0);
        Offsets five = Offsets.NONE.with(zero, 5);
        assertThat(five.covers(Offsets.NONE)).isTrue();
        assertThat(five.covers(five.with(new StreamPartition("a", 1), 1))).isFalse();
        assertThat(Json.read(Json.bytes(five), Offsets.class)).isEqualTo(five);
        assertThat(Json.text(five)).isEqualTo("{\"a/0\":5}");
    }

    @Test
    void equalValuesGiveEqualJsonWhateverTheOrderOfKeys() {
        assertThat(Json.bytes(Map.of("b", 1, "a", 2)))
                .isEqualTo("{\"a\":2,\"b\":1}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Test
    void aSchemaRefusesTheSameFieldTwice() {
        Field id = Field.required("id", FieldType.STRING);
        assertThatThrownBy(() -> Schema.of(id, id)).hasMessageContaining("'id' is declared twice");
    }
}
