package io.dougong.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dougong.kernel.Field;
import io.dougong.kernel.FieldType;
import io.dougong.kernel.Row;
import io.dougong.kernel.Schema;
import io.dougong.kernel.Sensitivity;
import io.dougong.kernel.Times;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DerivationTest {

    private static final Schema TRIP = Schema.of(
            Field.required("at", FieldType.TIMESTAMP),
            Field.required("zone", FieldType.STRING),
            Field.required("minute", FieldType.INTEGER),
            Field.optional("amount", FieldType.NUMBER),
            Field.optional("other", FieldType.NUMBER),
            Field.required("from", FieldType.STRING).personal(),
            Field.optional("to", FieldType.STRING));

    private static final Row ROW =
            row("2001-07-01T03:59:59.999999Z", "America/New_York", 1439L, -2.5, 10.0, "JFK", "LAX");

    private static Row row(String at, @Nullable Object... rest) {
        @Nullable Object[] values = new @Nullable Object[TRIP.size()];
        values[0] = Times.micros(Instant.parse(at));
        System.arraycopy(rest, 0, values, 1, rest.length);
        return Row.of(TRIP, values);
    }

    private static @Nullable Object derive(Transform transform, Row row) {
        return Derivation.compile(TRIP, List.of(new Derived("x", transform)))
                .apply(row)
                .get("x");
    }

    @Test
    void clocksReadTheZone() {
        Transform.Zone ofRow = new Transform.Zone.FromField("zone");
        Transform.Zone tokyo = new Transform.Zone.Fixed(ZoneId.of("Asia/Tokyo"));
        assertThat(derive(new Transform.HourOfDay("at", Transform.Zone.UTC), ROW))
                .isEqualTo(3L);
        assertThat(derive(new Transform.HourOfDay("at", ofRow), ROW)).isEqualTo(23L);
        assertThat(derive(new Transform.HourOfDay("at", tokyo), ROW)).isEqualTo(12L);
        assertThat(derive(new Transform.DayOfWeek("at", Transform.Zone.UTC), ROW))
                .isEqualTo(7L);
        assertThat(derive(new Transform.DayOfWeek("at", ofRow), ROW)).isEqualTo(6L);
        assertThat(derive(new Transform.MinuteSlot("at", 15, ofRow), ROW)).isEqualTo(95L);
        assertThat(derive(new Transform.MinuteSlot("minute", 15), ROW)).isEqualTo(95L);
    }

    @Test
    void aTextThatIsNoZoneMakesTheResultMissing() {
        Row nowhere = row("2001-07-01T00:00:00Z", "Nowhere/At_All", 0L, 0.0, 0.0, "JFK", "LAX");
        assertThat(derive(new Transform.HourOfDay("at", new Transform.Zone.FromField("zone")), nowhere))
                .isNull();
    }

    @Test
    void numbersAreComputedWith() {
        assertThat(derive(new Transform.Ratio("amount", "other"), ROW)).isEqualTo(-0.25);
        assertThat(derive(new Transform.Difference("amount", "other"), ROW)).isEqualTo(-12.5);
        assertThat(derive(new Transform.Difference("minute", "at"), ROW))
                .isEqualTo(1439L - Times.micros(Instant.parse("2001-07-01T03:59:59.999999Z")));
        assertThat(derive(new Transform.Log1p("other"), ROW)).isEqualTo(StrictMath.log1p(10));
        assertThat(derive(new Transform.Log1p("amount"), ROW)).isNull();
        assertThat(derive(new Transform.Clamp("amount", -1, 1), ROW)).isEqualTo(-1.0);
        assertThat(derive(new Transform.Step("amount", 2), ROW)).isEqualTo(-2L);
        assertThat(derive(new Transform.Flag("minute", Comparison.ABOVE, 1438.5), ROW))
                .isEqualTo(true);
        assertThat(derive(new Transform.Flag("to", Comparison.EQUAL, "JFK"), ROW))
                .isEqualTo(false);
        assertThat(derive(new Transform.Concat(List.of("from", "to"), "-"), ROW))
                .isEqualTo("JFK-LAX");
    }

    @ParameterizedTest
    @CsvSource({"-5,0", "0,1", "9.99,1", "10,2", "1e9,3"})
    void aBucketCountsTheEdgesAtOrBelow(double value, long bucket) {
        Row row = row("2001-07-01T00:00:00Z", "UTC", 0L, value, 0.0, "JFK", "LAX");
        assertThat(derive(new Transform.Bucket("amount", List.of(0.0, 10.0, 20.0)), row))
                .isEqualTo(bucket);
    }

    @Test
    void aMissingInputOrADenominatorOfZeroMakesTheResultMissing() {
        Row row = row("2001-07-01T00:00:00Z", "UTC", 0L, 1.0, 0.0, "JFK", null);
        assertThat(derive(new Transform.Ratio("amount", "other"), row)).isNull();
        assertThat(derive(new Transform.Concat(List.of("from", "to"), "-"), row))
                .isNull();
    }

    @Test
    void aDerivedFieldMayUseAnEarlierOneAndKeepsItsSensitivity() {
        Derivation derivation = Derivation.compile(
                TRIP,
                List.of(
                        new Derived("route", new Transform.Concat(List.of("from", "zone"), "-")),
                        new Derived("far", new Transform.Flag("route", Comparison.NOT_EQUAL, "JFK-UTC"))));
        assertThat(derivation.output().names()).endsWith("to", "route", "far");
        assertThat(derivation.output().field("route"))
                .isEqualTo(Field.required("route", FieldType.STRING).personal());
        assertThat(derivation.output().field("far").sensitivity()).isEqualTo(Sensitivity.PERSONAL);
        assertThat(derivation.apply(ROW).get("far")).isEqualTo(true);
    }

    @Test
    void whatCannotBeComputedIsRefusedAtOnce() {
        assertRefused(new Transform.Ratio("from", "other"), "'from' of type string");
        assertRefused(new Transform.HourOfDay("minute", Transform.Zone.UTC), "must be of type timestamp");
        assertRefused(new Transform.Bucket("amount", List.of(1.0, 1.0)), "edges that do not rise");
        assertRefused(new Transform.Flag("amount", Comparison.ABOVE, "15"), "compared with '15'");
        assertThatThrownBy(() -> derive(new Transform.Log1p("ammount"), ROW)).hasMessageContaining("'ammount'");
        assertThatThrownBy(() -> Derivation.compile(TRIP, List.of(new Derived("to", new Transform.Log1p("amount")))))
                .hasMessageContaining("name of another field");
    }

    private static void assertRefused(Transform transform, String why) {
        assertThatThrownBy(() -> derive(transform, ROW))
                .isInstanceOf(FeatureProblem.BadDefinition.class)
                .hasMessageContaining(why);
    }
}
