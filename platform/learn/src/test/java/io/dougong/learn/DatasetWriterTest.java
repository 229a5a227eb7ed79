package io.dougong.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dougong.models.FeatureEncoder;
import io.dougong.models.FeatureSpec;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class DatasetWriterTest {

    private static final Dataset.Counts COUNTS = new Dataset.Counts(0, 0, 0, 0, 0, 0);

    @Property(tries = 100)
    void labelledRowsStayInOrderWhereverTheGapsAre(
            @ForAll @Size(max = 400) List<Boolean> labelled, @ForAll @IntRange(min = 1, max = 2000) int width) {
        DatasetWriter writer = new DatasetWriter(Tables.numbers(width), true, 1_000);
        List<Integer> kept = new java.util.ArrayList<>();
        for (int i = 0; i < labelled.size(); i++) {
            Object[] values = new Object[width];
            java.util.Arrays.fill(values, (double) i);
            int row = writer.add(i, "k" + i, values);
            if (labelled.get(i)) {
                writer.label(row, i % 3 == 0, i + 5L);
                kept.add(i);
            }
        }

        Dataset dataset = writer.finish(COUNTS, Map.of());

        assertThat(dataset.rows()).isEqualTo(kept.size());
        for (int row = 0; row < kept.size(); row++) {
            int i = kept.get(row);
            assertThat(dataset.value(row, 0)).isEqualTo(i);
            assertThat(dataset.value(row, width - 1)).isEqualTo(i);
            assertThat(dataset.label(row)).isEqualTo(i % 3 == 0);
            assertThat(dataset.askedMicros(row)).isEqualTo(i);
            assertThat(dataset.knownMicros(row)).isEqualTo(i + 5L);
            assertThat(dataset.key(row)).isEqualTo("k" + i);
        }
    }

    @Test
    void anIdentifierAsTextFeatureIsRefusedByName() {
        DatasetWriter writer = new DatasetWriter(List.of(new Column("id", true)), false, 1_000_000);

        assertThatThrownBy(() -> {
                    for (int i = 0; i <= DatasetWriter.MAX_CATEGORIES; i++) {
                        writer.add(i, "k", new Object[] {"id" + i});
                    }
                })
                .isInstanceOf(LearnProblem.TooMuchData.class)
                .hasMessageContaining("'id'");
    }

    @Test
    void dictionariesHoldTheTextsOfTheTrainingRowsOnly() {
        Dataset dataset = Tables.dataset(
                List.of(new Column("place", true), new Column("x", false)),
                new Object[][] {{"ORD", 1.0}, {"BOS", 2.0}, {"ORD", 3.0}, {"JFK", 4.0}},
                new boolean[] {false, true, false, true},
                0);
        int[] train = {0, 1, 2};

        assertThat(Dictionaries.of(dataset, train, Trainer.TextOrder.NAME))
                .containsExactly(FeatureSpec.categorical("place", List.of("BOS", "ORD")), FeatureSpec.numeric("x"));
        assertThat(Dictionaries.of(dataset, train, Trainer.TextOrder.TARGET_MEAN)
                        .getFirst())
                .isEqualTo(FeatureSpec.categorical("place", List.of("ORD", "BOS")));
    }

    @Test
    void aTextThatTrainingDidNotSeeIsMissingToTheModel() {
        Dataset dataset = Tables.dataset(
                List.of(new Column("place", true)), new Object[][] {{"ORD"}, {"JFK"}}, new boolean[2], 0);
        TrainingTable table = TrainingTable.of(
                dataset,
                new int[] {1, 0},
                new FeatureEncoder(Dictionaries.of(dataset, new int[] {0}, Trainer.TextOrder.NAME)));
        float[] row = new float[1];

        table.read(0, row);
        assertThat(row[0]).isNaN();
        table.read(1, row);
        assertThat(row[0]).isZero();
    }
}
