package io.dougong.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dougong.learn.logistic.LogisticTrainer;
import io.dougong.learn.xgboost.XgboostTrainer;
import io.dougong.models.AdaptiveConformal;
import io.dougong.models.LoadedModel;
import io.dougong.models.ModelFormats;
import io.dougong.models.Target;
import io.dougong.models.Task;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Several classes and numbers, from rows to an artifact. */
class TasksTest {

    private static final TrainerDefinition TREES = new TrainerDefinition.Xgboost(40, 3, 0.2, 1, 1, 1, 1, Map.of());
    private static final TrainerDefinition LINEAR = new TrainerDefinition.Logistic(1);
    private static final List<Column> COLUMNS =
            List.of(new Column("x", false), new Column("y", false), new Column("place", true));

    private final ModelFormats formats = new ModelFormats(ModelFormats.pureJava());

    private static Dataset dataset(Object[][] values, Object[] truths) {
        DatasetWriter writer = new DatasetWriter(COLUMNS, false, Integer.MAX_VALUE);
        for (int i = 0; i < values.length; i++) {
            Object[] row = values[i];
            writer.label(writer.add(i * 1_000_000L, "k" + i, row), truths[i], (i + 5) * 1_000_000L);
        }
        return writer.finish(new Dataset.Counts(0, 0, 0, 0, 0, 0), Map.of());
    }

    /** Three clouds: x tells "north" from the others, place tells "east" from "west". */
    private static Dataset clouds(int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Object[][] values = new Object[rows][];
        Object[] truths = new Object[rows];
        for (int i = 0; i < rows; i++) {
            int cloud = random.nextInt(3);
            double x = (cloud == 0 ? 3 : 0) + random.nextGaussian();
            String place = random.nextInt(10) == 0 ? "sea" : cloud == 1 ? "plain" : "hill";
            values[i] = new Object[] {x, random.nextDouble(), place};
            truths[i] = List.of("north", "east", "west").get(cloud);
        }
        return dataset(values, truths);
    }

    /** 10 x plus 5 on hills, with an error that grows with x. */
    private static Dataset amounts(int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Object[][] values = new Object[rows][];
        Object[] truths = new Object[rows];
        for (int i = 0; i < rows; i++) {
            double x = 10 * random.nextDouble();
            boolean hill = random.nextBoolean();
            values[i] = new Object[] {x, random.nextDouble(), hill ? "hill" : "plain"};
            truths[i] = 10 * x + (hill ? 5 : 0) + (0.5 + x / 2) * random.nextGaussian();
        }
        return dataset(values, truths);
    }

    private Training.Made train(Task task, TrainerDefinition trainer, Dataset dataset) {
        ModelDefinition model = new ModelDefinition(
                "m",
                "asks",
                trainer,
                new LabelDefinition("labels", "id", "truth", task),
                List.of("x", "y", "place"),
                TimeSplit.DEFAULT,
                ModelDefinition.Calibration.PLATT,
                List.of(),
                7);
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
        Trainer with = trainer.equals(TREES) ? new XgboostTrainer(2) : new LogisticTrainer();
        return new Training(request, with, formats, Progress.NONE).train(dataset);
    }

    private static double value(Training.Made made, Gate.Metric metric) {
        return made.evaluation().metric(metric).orElseThrow().value();
    }

    @Test
    void severalClassesAreLearnedByBothTrainers() {
        for (TrainerDefinition trainer : List.of(TREES, LINEAR)) {
            Training.Made made = train(Task.MULTICLASS, trainer, clouds(6_000, 1));

            assertThat(value(made, Gate.Metric.ACCURACY)).isBetween(0.86, 0.95);
            assertThat(value(made, Gate.Metric.MACRO_F1)).isBetween(0.86, 0.95);
            assertThat(value(made, Gate.Metric.AUC)).isBetween(0.95, 0.995);
            assertThat(value(made, Gate.Metric.ECE)).isLessThan(0.05);
            assertThat(value(made, Gate.Metric.COVERAGE)).isCloseTo(0.9, within(0.03));
            Evaluation.Matrix matrix =
                    java.util.Objects.requireNonNull(made.evaluation().matrix());
            assertThat(matrix.classes()).containsExactly("east", "north", "west");
            assertThat(matrix.counts().stream()
                            .flatMap(List::stream)
                            .mapToLong(Long::longValue)
                            .sum())
                    .isEqualTo(made.evaluation().rows());
        }
    }

    @Test
    void theLoadedArtifactGivesEveryClassAProbabilityAndExplainsEachMargin() {
        for (TrainerDefinition trainer : List.of(TREES, LINEAR)) {
            LoadedModel model = LoadedModel.of(
                    train(Task.MULTICLASS, trainer, clouds(3_000, 2)).artifact(), formats);
            float[] row = model.encode(List.of(3.5, 0.5, "hill")).row();
            double[] margins = model.margins(row);
            Target.Classes target = (Target.Classes)
                    java.util.Objects.requireNonNull(model.card().target());

            assertThat(target.names()).containsExactly("east", "north", "west");
            assertThat(target.probabilities(margins)[1]).isGreaterThan(0.8);
            double[] parts = model.contributions(row);
            assertThat(Arrays.stream(parts, 4, 8).sum()).isCloseTo(margins[1], within(1e-4));
        }
    }

    @Test
    void aClassThatWasNotThereToTrainOnCountsAsMissed() {
        Dataset known = clouds(2_000, 3);
        Object[][] values = new Object[2_000][];
        Object[] truths = new Object[2_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = new Object[] {(double) known.value(i, 0), 0.5, known.text(i, 2)};
            truths[i] = i < 1_900 ? known.classes().get((int) known.target(i)) : "unheard";
        }
        Training.Made made = train(Task.MULTICLASS, TREES, dataset(values, truths));

        Target.Classes target = (Target.Classes)
                java.util.Objects.requireNonNull(made.artifact().card().target());
        assertThat(target.names()).doesNotContain("unheard");
        assertThat(value(made, Gate.Metric.ACCURACY)).isLessThan(0.7);
    }

    @Test
    void aNumberIsLearnedWithAnIntervalThatIsWiderWhereErrorsAreLarger() {
        for (TrainerDefinition trainer : List.of(TREES, LINEAR)) {
            Training.Made made = train(Task.REGRESSION, trainer, amounts(8_000, 4));

            assertThat(value(made, Gate.Metric.R2)).isBetween(0.97, 0.999);
            assertThat(value(made, Gate.Metric.MAE)).isLessThan(value(made, Gate.Metric.RMSE));
            assertThat(value(made, Gate.Metric.RMSE)).isCloseTo(3.3, within(0.5));
            assertThat(value(made, Gate.Metric.COVERAGE)).isCloseTo(0.9, within(0.03));
            Target.Amount target = (Target.Amount)
                    java.util.Objects.requireNonNull(made.artifact().card().target());
            assertThat(target.spread().at(95)).isGreaterThan(3 * target.spread().at(10));
        }
    }

    @Test
    void theSameRowsGiveTheSameBytes() {
        for (TrainerDefinition trainer : List.of(TREES, LINEAR)) {
            assertThat(train(Task.MULTICLASS, trainer, clouds(900, 5))
                            .artifact()
                            .bytes())
                    .isEqualTo(train(Task.MULTICLASS, trainer, clouds(900, 5))
                            .artifact()
                            .bytes());
            assertThat(train(Task.REGRESSION, trainer, amounts(900, 5))
                            .artifact()
                            .bytes())
                    .isEqualTo(train(Task.REGRESSION, trainer, amounts(900, 5))
                            .artifact()
                            .bytes());
        }
    }

    @Test
    void aNumberThatNeverChangesIsRefused() {
        Object[][] values = new Object[100][];
        Arrays.setAll(values, i -> new Object[] {(double) i, 1.0, "hill"});
        Object[] truths = new Object[100];
        Arrays.fill(truths, 5.0);
        assertThatThrownBy(() -> train(Task.REGRESSION, TREES, dataset(values, truths)))
                .isInstanceOf(LearnProblem.NotEnoughData.class);
    }
}
