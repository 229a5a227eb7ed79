package io.dougong.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dougong.learn.logistic.LogisticTrainer;
import io.dougong.learn.xgboost.XgboostTrainer;
import io.dougong.models.AdaptiveConformal;
import io.dougong.models.LoadedModel;
import io.dougong.models.ModelFormats;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrainingTest {

    private static final int LEVELS = 10;
    private static final TrainerDefinition.Xgboost TREES =
            new TrainerDefinition.Xgboost(60, 3, 0.2, 1, 1, 1, 1, Map.of());
    private static final TrainerDefinition.Logistic LOGISTIC = new TrainerDefinition.Logistic(1);

    private final ModelFormats formats = new ModelFormats(ModelFormats.pureJava());

    /** The chance of the positive class is a step function of x0; x1 is noise; place says nothing. */
    private static double chance(int level) {
        return 0.05 + 0.1 * level;
    }

    private static Dataset steps(int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Object[][] values = new Object[rows][];
        boolean[] labels = new boolean[rows];
        for (int i = 0; i < rows; i++) {
            int level = random.nextInt(LEVELS);
            values[i] = new Object[] {(double) level, random.nextDouble(), "place" + random.nextInt(3)};
            labels[i] = random.nextDouble() < chance(level);
        }
        return Tables.dataset(
                List.of(new Column("x0", false), new Column("x1", false), new Column("place", true)),
                values,
                labels,
                30);
    }

    private static ModelDefinition model(
            TrainerDefinition trainer, ModelDefinition.Calibration calibration, Gate... gates) {
        return new ModelDefinition(
                "m",
                "asks",
                trainer,
                new LabelDefinition("labels", "id", "late"),
                List.of("x0", "x1", "place"),
                TimeSplit.DEFAULT,
                calibration,
                List.of(gates),
                7);
    }

    private Training.Made train(ModelDefinition model, Dataset dataset) {
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
                model.seed());
        Trainer trainer =
                model.trainer() instanceof TrainerDefinition.Xgboost ? new XgboostTrainer(2) : new LogisticTrainer();
        return new Training(request, trainer, formats, Progress.NONE).train(dataset);
    }

    private Training.Made train(TrainerDefinition trainer, ModelDefinition.Calibration calibration, Dataset dataset) {
        return train(model(trainer, calibration), dataset);
    }

    private static double value(Training.Made made, Gate.Metric metric) {
        return made.evaluation().metric(metric).orElseThrow().value();
    }

    /** Nothing can do better than the chances themselves, and with enough rows trees come close: metrics of the chances are known. */
    @Test
    void treesReachTheMetricsOfTheTrueChances() {
        Training.Made made = train(TREES, ModelDefinition.Calibration.PLATT, steps(60_000, 1));

        double[] chances =
                IntStream.range(0, LEVELS).mapToDouble(TrainingTest::chance).toArray();
        double brier = Arrays.stream(chances).map(p -> p * (1 - p)).average().orElseThrow();
        double entropy = Arrays.stream(chances)
                .map(p -> -p * Math.log(p) - (1 - p) * Math.log(1 - p))
                .average()
                .orElseThrow();
        assertThat(value(made, Gate.Metric.AUC)).isCloseTo(aucOfChances(), within(0.01));
        assertThat(value(made, Gate.Metric.LOG_LOSS)).isCloseTo(entropy, within(0.01));
        assertThat(value(made, Gate.Metric.BRIER)).isCloseTo(brier, within(0.005));
        assertThat(value(made, Gate.Metric.ECE)).isLessThan(0.03);
    }

    private static double aucOfChances() {
        double won = 0;
        double pairs = 0;
        for (int positive = 0; positive < LEVELS; positive++) {
            for (int negative = 0; negative < LEVELS; negative++) {
                double weight = chance(positive) * (1 - chance(negative));
                pairs += weight;
                won += weight * (positive > negative ? 1 : positive == negative ? 0.5 : 0);
            }
        }
        return won / pairs;
    }

    @Test
    void intervalsHoldTheFigureAndAreNarrowForManyRows() {
        Evaluation evaluation = train(LOGISTIC, ModelDefinition.Calibration.NONE, steps(20_000, 2))
                .evaluation();

        assertThat(evaluation.metrics()).containsOnlyKeys("auc", "log_loss", "brier", "ece");
        for (Gate.Metric metric : List.of(Gate.Metric.AUC, Gate.Metric.LOG_LOSS, Gate.Metric.BRIER)) {
            Evaluation.Estimate estimate = evaluation.metric(metric).orElseThrow();
            assertThat(estimate.value()).isBetween(estimate.low(), estimate.high());
            assertThat(estimate.high() - estimate.low()).isBetween(0.001, 0.1);
        }
    }

    @Test
    void theSameDataGivesTheSameArtifactAndFigures() {
        for (TrainerDefinition trainer : List.of(TREES, LOGISTIC)) {
            Training.Made first = train(trainer, ModelDefinition.Calibration.ISOTONIC, steps(3_000, 3));
            Training.Made second = train(trainer, ModelDefinition.Calibration.ISOTONIC, steps(3_000, 3));

            assertThat(first.artifact().bytes()).isEqualTo(second.artifact().bytes());
            assertThat(first.evaluation()).isEqualTo(second.evaluation());
        }
    }

    /** Rows after the boundary, and labels that were not known at it, shape neither trees nor dictionary. */
    @Test
    void theTestSliceDoesNotTouchTheModel() {
        Object[][] values = new Object[1_000][];
        boolean[] labels = new boolean[1_000];
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 1_000; i++) {
            values[i] = new Object[] {random.nextDouble(), "place" + i / 250};
            labels[i] = random.nextBoolean();
        }
        List<Column> columns = List.of(new Column("x0", false), new Column("place", true));
        Dataset before = Tables.dataset(columns, values, labels, 20);
        for (int i = 0; i < 1_000; i++) {
            boolean embargoed = i >= 680 && i < 700;
            labels[i] = embargoed ? !labels[i] : labels[i];
            values[i] = i < 850 ? values[i] : new Object[] {-1.0, "elsewhere"};
        }
        Dataset after = Tables.dataset(columns, values, labels, 20);

        Training.Made first = train(TREES, ModelDefinition.Calibration.NONE, before);
        Training.Made second = train(TREES, ModelDefinition.Calibration.NONE, after);

        assertThat(first.slices().train()).hasSize(680);
        assertThat(second.artifact().payload()).isEqualTo(first.artifact().payload());
        assertThat(second.artifact().card().features())
                .isEqualTo(first.artifact().card().features());
        assertThat(first.artifact().card().features().get(1).categories())
                .containsExactly("place0", "place1", "place2");
        assertThat(second.artifact().card().abstention())
                .isEqualTo(first.artifact().card().abstention());
        assertThat(second.evaluation()).isNotEqualTo(first.evaluation());
    }

    @Test
    void aMonotoneConstraintHoldsWhereTheDataSayOtherwise() {
        TrainerDefinition.Xgboost falling = new TrainerDefinition.Xgboost(60, 3, 0.2, 1, 1, 1, 1, Map.of("x0", -1));
        LoadedModel free = LoadedModel.of(
                train(TREES, ModelDefinition.Calibration.NONE, steps(5_000, 5)).artifact(), formats);
        LoadedModel bound = LoadedModel.of(
                train(falling, ModelDefinition.Calibration.NONE, steps(5_000, 5))
                        .artifact(),
                formats);

        assertThat(margins(free))
                .isNotEqualTo(margins(free).stream()
                        .sorted((a, b) -> Double.compare(b, a))
                        .toList());
        assertThat(margins(bound))
                .isEqualTo(margins(bound).stream()
                        .sorted((a, b) -> Double.compare(b, a))
                        .toList());
    }

    private static List<Double> margins(LoadedModel model) {
        return IntStream.range(0, LEVELS)
                .mapToObj(level -> model.margin(
                        model.encode(List.of((double) level, 0.5, "place1")).row()))
                .toList();
    }

    @Test
    void gatesAreHeldAgainstTheTestSlice() {
        Training.Made made = train(
                model(
                        LOGISTIC,
                        ModelDefinition.Calibration.PLATT,
                        new Gate(Gate.Metric.AUC, Gate.Bound.AT_LEAST, 0.7),
                        new Gate(Gate.Metric.AUC, Gate.Bound.AT_LEAST, 0.99),
                        new Gate(Gate.Metric.ECE, Gate.Bound.AT_MOST, 0.05),
                        new Gate(Gate.Metric.REVIEW_RATE, Gate.Bound.AT_MOST, 0.01),
                        new Gate(Gate.Metric.COVERAGE, Gate.Bound.AT_LEAST, 0.85)),
                steps(20_000, 6));

        assertThat(made.gates()).extracting(GateResult::passed).containsExactly(true, false, true, false, true);
        assertThat(made.gates().getFirst().measured()).isEqualTo(value(made, Gate.Metric.AUC));
    }

    @Test
    void coverageIsKeptAndEverySecondAnswerThatCannotBeSureGoesToAPerson() {
        Evaluation.Abstention abstention = train(LOGISTIC, ModelDefinition.Calibration.PLATT, steps(20_000, 7))
                .evaluation()
                .abstention();

        assertThat(abstention.promised()).isEqualTo(0.9);
        assertThat(abstention.coverage().value()).isCloseTo(0.9, within(0.02));
        assertThat(abstention.reviewRate().value()).isBetween(0.2, 0.7);
        assertThat(abstention.errorWhenDecided().value()).isLessThan(0.25);
    }

    @Test
    void groupsAndConfusionCountEveryTestRowOnce() {
        Training.Made made = train(LOGISTIC, ModelDefinition.Calibration.NONE, steps(3_000, 8));
        Evaluation evaluation = made.evaluation();

        assertThat(evaluation.groups()).extracting(Evaluation.Group::feature).containsOnly("place");
        assertThat(evaluation.groups().stream().mapToInt(Evaluation.Group::rows).sum())
                .isEqualTo(evaluation.rows());
        assertThat(evaluation.confusion())
                .hasSize(9)
                .allSatisfy(each -> assertThat(each.truePositives()
                                + each.falsePositives()
                                + each.trueNegatives()
                                + each.falseNegatives())
                        .isEqualTo(evaluation.rows()));
        assertThat(evaluation.confusion().getFirst().truePositives())
                .isGreaterThan(evaluation.confusion().getLast().truePositives());
    }

    @Test
    void theArtifactSaysWhereItComesFrom() {
        var card = train(TREES, ModelDefinition.Calibration.PLATT, steps(2_000, 9))
                .artifact()
                .card();

        assertThat(card.name()).isEqualTo("app__m");
        assertThat(card.label()).isEqualTo("labels.late");
        assertThat(card.codeVersion()).isEqualTo("v1");
        assertThat(card.training()).containsEntry("max_depth", "3").containsEntry("split.train", "0.7");
        assertThat(card.metrics()).containsKeys("auc", "ece", "coverage", "review_rate", "error_when_decided");
    }

    @Test
    void aTrainingSliceOfOneClassIsRefused() {
        Object[][] values = new Object[100][];
        Arrays.setAll(values, i -> new Object[] {1.0, 1.0, "place"});
        Dataset dataset = Tables.dataset(
                List.of(new Column("x0", false), new Column("x1", false), new Column("place", true)),
                values,
                new boolean[100],
                0);

        assertThatThrownBy(() -> train(LOGISTIC, ModelDefinition.Calibration.NONE, dataset))
                .isInstanceOf(LearnProblem.NotEnoughData.class)
                .hasMessageContaining("the same label");
    }
}
