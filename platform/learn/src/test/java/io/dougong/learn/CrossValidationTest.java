package io.dougong.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dougong.learn.logistic.LogisticTrainer;
import io.dougong.learn.tuned.TunedTrainer;
import io.dougong.models.AdaptiveConformal;
import io.dougong.models.ModelFormats;
import io.dougong.models.Task;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CrossValidationTest {

    private static final List<Column> COLUMNS = List.of(new Column("x", false), new Column("place", true));
    private static final TrainerDefinition TUNED = new TrainerDefinition.Tuned(2, 3, Map.of());
    private static final TrainerDefinition LINEAR = new TrainerDefinition.Logistic(1);

    private interface Truth {
        Object of(double x, int place, SplittableRandom random);
    }

    private static Dataset dataset(int rows, int places, Truth truth) {
        SplittableRandom random = new SplittableRandom(3);
        DatasetWriter writer = new DatasetWriter(COLUMNS, true, Integer.MAX_VALUE);
        for (int i = 0; i < rows; i++) {
            double x = random.nextDouble();
            int place = random.nextInt(places);
            Object[] row = {x, "p" + place};
            writer.label(writer.add(i, "k" + i, row), truth.of(x, place, random), i + 5L);
        }
        return writer.finish(new Dataset.Counts(0, 0, 0, 0, 0, 0), Map.of());
    }

    private static CrossValidated of(Task task, TrainerDefinition trainer, Dataset dataset, Weighting weighting) {
        ModelDefinition model = new ModelDefinition(
                "m",
                "asks",
                trainer,
                new LabelDefinition("labels", "id", "truth", task),
                List.of("x", "place"),
                TimeSplit.DEFAULT,
                ModelDefinition.Calibration.PLATT,
                List.of(),
                7,
                weighting);
        TrainingRequest request = new TrainingRequest(
                "app",
                model,
                List.of(),
                List.of(),
                0,
                1,
                1,
                new AdaptiveConformal(0.1, 0.005),
                "v1",
                LabelCorrections.NONE,
                7);
        Trainer with = trainer.equals(TUNED) ? new TunedTrainer(2) : new LogisticTrainer();
        return new CrossValidation(request, with, new ModelFormats(ModelFormats.pureJava()), Progress.NONE)
                .of(dataset, 4);
    }

    private static double value(CrossValidated crossed, Gate.Metric metric) {
        return Objects.requireNonNull(crossed.metrics().get(metric.label())).value();
    }

    @Test
    void whatCanBeLearnedIsSeenOnRowsOfOtherFolds() {
        Dataset dataset = dataset(800, 4, (x, place, random) -> random.nextDouble() < (place == 1 ? 0.9 : 0.2 * x));

        CrossValidated crossed = of(Task.BINARY, TUNED, dataset, Weighting.NONE);

        assertThat(value(crossed, Gate.Metric.AUC)).isBetween(0.85, 0.97);
        assertThat(crossed.rows()).hasSize(800);
        assertThat(crossed.rows()).extracting(CrossValidated.Row::key).doesNotHaveDuplicates();
        assertThat(crossed.rows()).extracting(CrossValidated.Row::fold).containsOnly(0, 1, 2, 3);
    }

    /** Each place has four rows: to place its text by their labels would tell most of the own one. */
    @Test
    void chanceStaysChanceThoughTextIsOrderedByLabels() {
        Dataset dataset = dataset(400, 100, (_, _, random) -> random.nextBoolean());

        assertThat(value(of(Task.BINARY, TUNED, dataset, Weighting.NONE), Gate.Metric.AUC))
                .isBetween(0.42, 0.58);
    }

    @Test
    void severalClassesAreAskedInOneOrder() {
        Dataset dataset = dataset(600, 3, (x, place, _) -> place == 0 ? "b" : x > 0.5 ? "a" : "c");

        CrossValidated crossed = of(Task.MULTICLASS, TUNED, dataset, Weighting.NONE);

        assertThat(crossed.classes()).containsExactly("a", "b", "c");
        assertThat(value(crossed, Gate.Metric.ACCURACY)).isGreaterThan(0.95);
        assertThat(crossed.rows().getFirst().outputs()).hasSize(3);
    }

    @Test
    void numbersAreMeasuredByTheirDistance() {
        Dataset dataset = dataset(600, 3, (x, place, random) -> 10 * x + 5 * place + 0.1 * random.nextGaussian());

        CrossValidated crossed = of(Task.REGRESSION, LINEAR, dataset, Weighting.NONE);

        assertThat(value(crossed, Gate.Metric.R2)).isGreaterThan(0.99);
        assertThat(value(crossed, Gate.Metric.MAE)).isBetween(0.05, 0.2);
    }

    @Test
    void weightsAreRefused() {
        Dataset dataset = dataset(100, 3, (_, _, random) -> random.nextBoolean());
        Weighting reweighed = new Weighting(new Weighting.Reweighing("place", null), null);

        assertThatThrownBy(() -> of(Task.BINARY, LINEAR, dataset, reweighed))
                .isInstanceOf(LearnProblem.BadRequest.class);
    }
}
