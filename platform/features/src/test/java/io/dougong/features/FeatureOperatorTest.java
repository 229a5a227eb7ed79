package io.dougong.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dougong.kernel.Field;
import io.dougong.kernel.FieldType;
import io.dougong.kernel.Row;
import io.dougong.kernel.Schema;
import io.dougong.kernel.StreamPartition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FeatureOperatorTest {

    private static final long MINUTE = 60_000_000;
    private static final Schema ARRIVALS =
            Schema.of(Field.required("origin", FieldType.STRING), Field.optional("delay", FieldType.INTEGER));
    private static final Schema ASKING = Schema.of(Field.optional("origin", FieldType.STRING));

    private final FeatureDefinitions definitions = FeatureDefinitions.of(
            List.of(FeatureView.of(
                    "origin_arrivals",
                    "arrivals",
                    List.of("origin"),
                    List.of(Duration.ofHours(1), Duration.ofHours(3)),
                    List.of(new Aggregate.Count(), new Aggregate.Mean("delay"), new Aggregate.Max("delay")))),
            Map.of("arrivals", FeatureStream.of(ARRIVALS)));
    private final FeatureOperator operator = new FeatureOperator(definitions);
    private final FeatureQuery query = definitions.query(List.of("origin_arrivals.*"), ASKING);

    private long offset;

    private Applied arrive(long minute, String origin, @Nullable Object delay) {
        return operator.apply("arrivals", 0, offset++, minute * MINUTE, Row.of(ARRIVALS, origin, delay));
    }

    private double[] ask(String origin, long minute) {
        return operator.read(query, Row.of(ASKING, origin), minute * MINUTE).values();
    }

    @Test
    void aWindowCoversTheMinutesBeforeTheAskingOne() {
        arrive(100, "JFK", 10L);
        arrive(160, "JFK", 20L);
        arrive(161, "JFK", 40L);
        assertThat(query.names())
                .containsExactly(
                        "origin_arrivals.count_1h",
                        "origin_arrivals.count_3h",
                        "origin_arrivals.mean_delay_1h",
                        "origin_arrivals.mean_delay_3h",
                        "origin_arrivals.max_delay_1h",
                        "origin_arrivals.max_delay_3h");
        assertThat(ask("JFK", 161)).containsExactly(1, 2, 20, 15, 20, 20);
        assertThat(ask("JFK", 162)).containsExactly(2, 3, 30, 70 / 3.0, 40, 40);
    }

    @Test
    void anEmptyWindowCountsZeroAndMissesTheRest() {
        assertThat(ask("JFK", 161)).containsExactly(0, 0, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        arrive(100, "JFK", null);
        assertThat(ask("JFK", 101)).containsExactly(1, 1, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        assertThat(operator.read(query, Row.of(ASKING, "JFK"), 101 * MINUTE).ageMicros())
                .containsExactly(MINUTE, MINUTE, -1, -1, -1, -1);
    }

    @Test
    void aQuestionWithoutAnEntityGetsMissingValues() {
        arrive(100, "JFK", 1L);
        assertThat(operator.read(query, Row.of(ASKING, new @Nullable Object[] {null}), 101 * MINUTE)
                        .values())
                .containsOnly(Double.NaN);
    }

    @Test
    void aRepeatedOffsetChangesNothing() {
        arrive(100, "JFK", 10L);
        offset = 0;
        assertThat(arrive(100, "JFK", 99L)).isEqualTo(Applied.REPEATED);
        assertThat(ask("JFK", 101)).startsWith(1, 1, 10, 10);
        assertThat(operator.applied().of(new StreamPartition("arrivals", 0))).isEqualTo(1);
    }

    @Test
    void anEventOlderThanWhatIsKeptIsTooLateAndAWindowReachingThereIsMissing() {
        long kept = 180 + 24 * 60;
        arrive(10_000, "JFK", 1L);
        assertThat(arrive(10_000 - kept - 1, "JFK", 2L)).isEqualTo(Applied.TOO_LATE);
        assertThat(arrive(10_000 - kept, "JFK", 3L)).isEqualTo(Applied.TAKEN);
        assertThat(ask("JFK", 10_000 - kept + 180)[1]).isEqualTo(1);
        assertThat(ask("JFK", 10_000 - kept + 179)[1]).isNaN();
        assertThat(ask("JFK", 10_000 - kept + 179)[0]).isEqualTo(0);
    }

    @Test
    void theVectorTellsTheOffsetsItHasSeen() {
        arrive(100, "JFK", 1L);
        arrive(100, "LAX", 1L);
        operator.apply("arrivals", 2, 41, 100 * MINUTE, Row.of(ARRIVALS, "LAX", 3L));
        FeatureVector vector = operator.read(query, Row.of(ASKING, "JFK"), 101 * MINUTE);
        assertThat(vector.offsets().asText()).isEqualTo(Map.of("arrivals/0", 2L, "arrivals/2", 42L));
    }

    @Test
    void aQueryOfOtherDefinitionsIsStale() {
        operator.define(FeatureDefinitions.NONE, StateSource.NONE);
        assertThatThrownBy(() -> ask("JFK", 1)).isInstanceOf(FeatureProblem.Stale.class);
    }

    @Test
    void aConditionChoosesEvents() {
        FeatureView late = new FeatureView(
                "late",
                "arrivals",
                List.of(),
                List.of(Duration.ofHours(1)),
                List.of(new Aggregate.Count()),
                Duration.ZERO,
                Optional.of(new Condition("delay", Comparison.ABOVE, 15)));
        FeatureDefinitions one = FeatureDefinitions.of(List.of(late), Map.of("arrivals", FeatureStream.of(ARRIVALS)));
        operator.define(one, StateSource.NONE);
        arrive(100, "JFK", 15L);
        arrive(100, "JFK", 16L);
        arrive(100, "JFK", null);
        FeatureVector vector =
                operator.read(one.query(List.of("late.count_1h"), ASKING), Row.of(ASKING, "x"), 101 * MINUTE);
        assertThat(vector.values()).containsExactly(1);
    }
}
