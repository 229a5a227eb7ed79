package io.dougong.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FeatureEncoderTest {

    private final FeatureEncoder encoder = new FeatureEncoder(List.of(
            FeatureSpec.numeric("distance"),
            FeatureSpec.categorical("carrier", List.of("AA", "DL", "UA")),
            FeatureSpec.categorical("holiday", List.of("false", "true"))));

    @Test
    void numbersStayAndCategoriesBecomeTheirPlaceInTheDictionary() {
        assertThat(encoder.encode(List.of(12L, "DL", true)).row()).containsExactly(12f, 1f, 1f);
        assertThat(encoder.encode(List.of(0.5, "UA", false)).row()).containsExactly(0.5f, 2f, 0f);
        assertThat(encoder.encode(List.of(true, "AA", false)).row()).containsExactly(1f, 0f, 0f);
    }

    @Test
    void aMissingValueIsNanAndNotReported() {
        FeatureEncoder.Encoded encoded = encoder.encode(Arrays.asList(null, null, null));
        assertThat(encoded.row()).containsExactly(Float.NaN, Float.NaN, Float.NaN);
        assertThat(encoded.unseen()).isEmpty();
    }

    @Test
    void anUnseenCategoryIsMissingAndReported() {
        FeatureEncoder.Encoded encoded = encoder.encode(List.of(1L, "ZZ", true));
        assertThat(encoded.row()[1]).isNaN();
        assertThat(encoded.unseen()).containsExactly(new FeatureEncoder.Unseen("carrier", "ZZ"));
    }

    @Test
    void textWhereANumberBelongsIsRefusedWithItsValue() {
        assertThatThrownBy(() -> encoder.encode(List.of("far", "AA", true)))
                .isInstanceOf(ModelProblem.BadInput.class)
                .hasMessageContaining("'distance' is numeric, but got 'far'");
    }

    @Test
    void aRowOfAnotherLengthIsRefused() {
        assertThatThrownBy(() -> encoder.encode(List.of(1L))).hasMessageContaining("1 values do not fit 3 features");
    }

    @Test
    void aCategoryListedTwiceIsRefused() {
        assertThatThrownBy(() -> FeatureSpec.categorical("x", List.of("a", "a")))
                .hasMessageContaining("twice");
    }

    @Test
    void theDictionaryKeepsTheMostFrequentAndSortsByName() {
        List<String> values = new ArrayList<>(List.of("c", "c", "c", "a", "a", "b", "d", "d"));
        values.add(null);
        assertThat(FeatureSpec.categorical("x", values, 3).categories()).containsExactly("a", "c", "d");
        assertThat(FeatureSpec.categorical("x", List.of("q", "p"), 1).categories())
                .containsExactly("p");
    }

    @Property(tries = 50)
    void theDictionaryDoesNotDependOnTheOrderOfRows(@ForAll List<Byte> values, @ForAll long seed) {
        List<Byte> shuffled = new ArrayList<>(values);
        Collections.shuffle(shuffled, new Random(seed));
        assertThat(FeatureSpec.categorical("x", shuffled, 5)).isEqualTo(FeatureSpec.categorical("x", values, 5));
    }
}
