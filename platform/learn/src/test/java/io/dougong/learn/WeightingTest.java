package io.dougong.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dougong.learn.logistic.LogisticTrainer;
import io.dougong.learn.xgboost.XgboostTrainer;
import io.dougong.models.FeatureEncoder;
import io.dougong.models.Model;
import io.dougong.models.ModelFormats;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WeightingTest {

    private static final TrainerDefinition.Logistic LOGISTIC = new TrainerDefinition.Logistic(1);
    private static final TrainerDefinition.Xgboost TREES =
            new TrainerDefinition.Xgboost(10, 3, 0.3, 1, 1, 0, 1, Map.of());

    private final ModelFormats formats = new ModelFormats(ModelFormats.pureJava());

    /**
     * Kamiran and Calders 2012, 5.2: of ten job applicants five are female, two of them hired, and four of the five men are: "a female with +
     * gets the weight (0.5 × 0.6) / 0.2 = 1.5".
     */
    @Test
    void theWeightsOfThePaper() {
        int[] groups = {1, 1, 1, 1, 1, 2, 2, 2, 2, 2};
        boolean[] hired = {true, true, true, true, false, true, true, false, false, false};
        double[] weights = RowWeights.reweighed(groups, hired);
        assertThat(weights[0]).isCloseTo(0.75, within(1e-12));
        assertThat(weights[4]).isCloseTo(2, within(1e-12));
        assertThat(weights[5]).isCloseTo(1.5, within(1e-12));
        assertThat(weights[7]).isCloseTo(2.0 / 3, within(1e-12));
    }

    @Property(tries = 200)
    void weighedRowsShowNoDependenceAndKeepTheirNumber(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 0, max = 5) Integer> cells) {
        int[] groups = cells.stream().mapToInt(cell -> cell / 2).toArray();
        boolean[] labels = new boolean[groups.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = cells.get(i) % 2 == 1;
        }
        double[] weights = RowWeights.reweighed(groups, labels);
        boolean everyCell = cells.stream().distinct().count()
                == 2 * cells.stream().map(cell -> cell / 2).distinct().count();
        if (everyCell) {
            double overall = share(groups, labels, weights, -1);
            for (int group : groups) {
                assertThat(share(groups, labels, weights, group)).isCloseTo(overall, within(1e-9));
            }
            assertThat(IntStream.range(0, weights.length)
                            .mapToDouble(i -> weights[i])
                            .sum())
                    .isCloseTo(weights.length, within(1e-9));
        }
    }

    private static double share(int[] groups, boolean[] labels, double[] weights, int group) {
        double all = 0;
        double positive = 0;
        for (int i = 0; i < weights.length; i++) {
            if (group < 0 || groups[i] == group) {
                all += weights[i];
                positive += labels[i] ? weights[i] : 0;
            }
        }
        return positive / all;
    }

    @Test
    void aRowOfWeightTwoCountsLikeTwoRows() {
        Dataset dataset = noisy(400, 3);
        int[] once = IntStream.range(0, 400).toArray();
        int[] twice = IntStream.concat(IntStream.range(0, 400), IntStream.range(0, 200))
                .toArray();
        TrainingTable table = TrainingTable.of(
                dataset, once, new FeatureEncoder(Dictionaries.of(dataset, once, Trainer.TextOrder.NAME)));
        double[] weights = new double[400];
        java.util.Arrays.fill(weights, 1);
        java.util.Arrays.fill(weights, 0, 200, 2);
        TrainingTable weighed = table.of(once, labels(dataset, once), weights);
        for (Trainer trainer : List.of(new XgboostTrainer(1), new LogisticTrainer())) {
            TrainerDefinition definition =
                    trainer instanceof LogisticTrainer ? new TrainerDefinition.Logistic(0) : TREES;
            Model repeated = fitted(trainer, definition, table.of(twice));
            Model counted = fitted(trainer, definition, weighed);
            Model plain = fitted(trainer, definition, table);
            float[] row = {0.4f, 0.6f};
            // the split candidates of the two tables differ a little, the leaf weights do not
            assertThat(margin(counted, row)).isCloseTo(margin(repeated, row), within(0.05));
            assertThat(Math.abs(margin(plain, row) - margin(repeated, row)))
                    .isGreaterThan(Math.abs(margin(counted, row) - margin(repeated, row)));
        }
    }

    private Model fitted(Trainer trainer, TrainerDefinition definition, TrainingTable table) {
        Trainer.Fitted fitted = trainer.fit(definition, table, 1, Progress.NONE);
        return formats.read(fitted.format(), fitted.payload());
    }

    private static double margin(Model model, float[] row) {
        double[] margin = new double[1];
        model.margins(row, margin);
        return margin[0];
    }

    private static boolean[] labels(Dataset dataset, int[] rows) {
        boolean[] labels = new boolean[rows.length];
        for (int i = 0; i < rows.length; i++) {
            labels[i] = dataset.label(rows[i]);
        }
        return labels;
    }

    private static Dataset noisy(int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Object[][] values = new Object[rows][];
        boolean[] labels = new boolean[rows];
        for (int i = 0; i < rows; i++) {
            double x = random.nextDouble();
            values[i] = new Object[] {x, random.nextDouble()};
            labels[i] = random.nextDouble() < (i < rows / 2 ? x : 1 - x);
        }
        return Tables.dataset(Tables.numbers(2), values, labels, 0);
    }

    /** Half of the rows never get a label. */
    private static Dataset truncated() {
        DatasetWriter writer = new DatasetWriter(
                List.of(new Column("x0", false), new Column("group", true)), 1, true, Integer.MAX_VALUE);
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 600; i++) {
            double x = random.nextDouble();
            int row = writer.add(i * 1_000_000L, "k" + i, new Object[] {x, i % 2 == 0 ? "a" : "b"});
            if (x < 0.5) {
                writer.label(row, random.nextDouble() < x, i * 1_000_000L);
            }
        }
        return writer.finish(new Dataset.Counts(0, 0, 0, 0, 0, 0), Map.of(), true);
    }

    @Test
    void rowsWithoutALabelFollowTheLabelledOnesWithTheirValues() {
        Dataset dataset = truncated();
        assertThat(dataset.rows() + dataset.unlabelled()).isEqualTo(600);
        assertThat(dataset.columns()).extracting(Column::name).containsExactly("x0");
        for (int row = 0; row < 600; row++) {
            assertThat(dataset.value(row, 0) < 0.5).isEqualTo(row < dataset.rows());
            int asked = (int) (dataset.askedMicros(row) / 1_000_000);
            assertThat(dataset.key(row)).isEqualTo("k" + asked);
            assertThat(dataset.categories(1).get((int) dataset.aside(row))).isEqualTo(asked % 2 == 0 ? "a" : "b");
        }
    }

    @Test
    void eachRejectedApplicantEntersAsPartlyBadAndPartlyGood() {
        Dataset dataset = truncated();
        Slices slices = Slices.of(dataset, TimeSplit.DEFAULT);
        TrainingTable table = TrainingTable.of(
                dataset,
                slices.train(),
                new FeatureEncoder(Dictionaries.of(dataset, slices.train(), Trainer.TextOrder.NAME)));
        Weighting weighting = new Weighting(null, new Weighting.RejectInference(1.3));
        WeightedRows rows = new WeightedRows(weighting, dataset, slices, table);
        Model model = fitted(new LogisticTrainer(), LOGISTIC, rows.labelled());
        TrainingTable augmented = rows.augmented(model, new io.dougong.models.Calibrator.Identity());
        int labelled = slices.train().length;
        assertThat(rows.unlabelled()).isBetween(150, dataset.unlabelled() - 50);
        assertThat(augmented.rows()).isEqualTo(labelled + 2 * rows.unlabelled());
        List<Double> bad = new ArrayList<>();
        for (int i = labelled; i < augmented.rows(); i += 2) {
            assertThat(augmented.label(i)).isTrue();
            assertThat(augmented.label(i + 1)).isFalse();
            assertThat(augmented.weight(i) + augmented.weight(i + 1)).isCloseTo(1, within(1e-12));
            float[] row = new float[1];
            augmented.read(i, row);
            double probability = 1 / (1 + Math.exp(-margin(model, row)));
            assertThat(augmented.weight(i)).isCloseTo(Math.min(1, 1.3 * probability), within(1e-9));
            bad.add(augmented.weight(i));
        }
        assertThat(bad).anyMatch(weight -> weight == 1).anyMatch(weight -> weight < 1);
    }
}
