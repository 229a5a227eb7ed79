package io.dougong.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dougong.kernel.Field;
import io.dougong.kernel.FieldType;
import io.dougong.kernel.Schema;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FeatureDefinitionsTest {

    private static FeatureView view(Duration window, Aggregate... aggregates) {
        return FeatureView.of("v", "sales", List.of("shop"), List.of(window), List.of(aggregates));
    }

    private static FeatureDefinitions define(FeatureView view, Derivation derivation) {
        return FeatureDefinitions.of(List.of(view), Map.of("sales", FeatureStream.of(derivation)));
    }

    private static FeatureDefinitions define(FeatureView view) {
        return define(view, Scene.DERIVATION);
    }

    @Test
    void windowsAreNamedInTheLargestUnitAndFoundInAny() {
        FeatureDefinitions day = define(view(Duration.ofDays(1), new Aggregate.Count()));
        assertThat(day.names()).containsExactly("v.count_24h");
        assertThat(day.expand(List.of("v.count_1d", "v.count_1440m", "v.*"))).containsOnly("v.count_24h");
        assertThat(define(view(Duration.ofDays(14), new Aggregate.Count())).names())
                .containsExactly("v.count_14d");
        assertThat(define(view(Duration.ofMinutes(90), new Aggregate.Mean("amount")))
                        .names())
                .containsExactly("v.mean_amount_90m");
        assertThat(define(view(Duration.ofHours(3), new Aggregate.Decayed("amount", Duration.ofMinutes(20))))
                        .names())
                .containsExactly("v.decayed_amount_20m_3h");
    }

    @Test
    void anUnknownFeatureIsRefusedWithTheNearest() {
        FeatureDefinitions one = define(view(Duration.ofHours(1), new Aggregate.Count()));
        assertThatThrownBy(() -> one.query(List.of("v.cuont_1h"), Scene.ASKING))
                .isInstanceOf(FeatureProblem.UnknownFeature.class)
                .extracting(problem -> ((FeatureProblem) problem).explained())
                .asString()
                .contains("'v.count_1h'");
        assertThatThrownBy(() -> one.query(List.of("w.*"), Scene.ASKING)).hasMessageContaining("'w.*'");
    }

    @Test
    void anAskingRowMustNameTheEntityInTheSameType() {
        FeatureDefinitions one = define(view(Duration.ofHours(1), new Aggregate.Count()));
        Schema other =
                Schema.of(Field.required("branch", FieldType.STRING), Field.required("number", FieldType.INTEGER));
        assertThatThrownBy(() -> one.query(List.of("v.*"), other)).hasMessageContaining("no field 'shop'");
        assertThatThrownBy(() -> one.query(List.of("v.*"), other, Map.of("shop", "number")))
                .hasMessageContaining("of type string");
        assertThat(one.query(List.of("v.*"), other, Map.of("shop", "branch")).size())
                .isEqualTo(1);
    }

    @Test
    void viewsThatCannotBeComputedAreRefused() {
        assertThatThrownBy(() -> define(view(Duration.ofHours(1), new Aggregate.Rate("amount"))))
                .hasMessageContaining("rate_amount");
        assertThatThrownBy(() -> define(view(Duration.ofHours(1), new Aggregate.Mean("customer"))))
                .hasMessageContaining("of type string");
        assertThatThrownBy(() -> view(Duration.ofSeconds(90), new Aggregate.Count()))
                .hasMessageContaining("PT1M30S");
        assertThatThrownBy(() -> view(Duration.ofHours(1))).hasMessageContaining("no aggregates");
        assertThatThrownBy(() -> view(Duration.ofHours(1), new Aggregate.Count(), new Aggregate.Count()))
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> FeatureDefinitions.of(
                        List.of(view(Duration.ofHours(1), new Aggregate.Count())),
                        Map.of("sale", FeatureStream.of(Scene.DERIVATION))))
                .extracting(problem -> ((FeatureProblem) problem).explained())
                .asString()
                .contains("Did you mean 'sale'");
    }

    @Test
    void theVersionChangesWithWhatDecidesTheValuesOnly() {
        FeatureView late = view(Duration.ofHours(1), new Aggregate.Rate("large"));
        Derivation other = Derivation.compile(
                Scene.SALES, List.of(new Derived("large", new Transform.Flag("amount", Comparison.ABOVE, 60))));
        Schema wider = Schema.of(
                Stream.concat(Stream.of(Field.optional("first", FieldType.STRING)), Scene.SALES.fields().stream())
                        .toArray(Field[]::new));
        assertThat(define(late).version()).isEqualTo(define(late).version());
        assertThat(define(late).version()).isNotEqualTo(define(late, other).version());
        assertThat(define(late).version())
                .isEqualTo(define(late, Derivation.compile(wider, Scene.DERIVATION.derived()))
                        .version());
    }
}
