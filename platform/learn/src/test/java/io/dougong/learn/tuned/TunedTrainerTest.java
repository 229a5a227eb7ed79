package io.dougong.learn.tuned;

import static org.assertj.core.api.Assertions.assertThat;

import io.dougong.learn.Column;
import io.dougong.learn.Progress;
import io.dougong.learn.Tables;
import io.dougong.learn.Trainer;
import io.dougong.learn.TrainerDefinition;
import io.dougong.learn.TrainingTable;
import io.dougong.models.BlendedModel;
import io.dougong.models.Model;
import io.dougong.models.ModelFormats;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class TunedTrainerTest {

    private static final TrainerDefinition.Tuned SMALL = new TrainerDefinition.Tuned(3, 3, Map.of());

    private final TunedTrainer trainer = new TunedTrainer(2);

    @Test
    void trainingTwiceGivesTheSameBytes() {
        TrainingTable table = Tables.noisy(800, 4, 1);

        Trainer.Fitted first = trainer.fit(SMALL, table, 7, Progress.NONE);

        assertThat(trainer.fit(SMALL, table, 7, Progress.NONE).payload()).isEqualTo(first.payload());
        assertThat(first.parameters()).containsKeys("search.loss", "search.rows", "share.trees");
    }

    @Test
    void whereOnlySumsMatterTheLinearModelCountsMost() {
        Trainer.Fitted fitted = trainer.fit(SMALL, table(600, row -> 4 * row[0] - 4 * row[1]), 7, Progress.NONE);

        assertThat(share(fitted)).isLessThan(0.4);
    }

    @Test
    void whereOnlyInteractionsMatterTheTreesAreTakenAlone() {
        Trainer.Fitted fitted =
                trainer.fit(SMALL, table(3_000, row -> (row[0] > 0.5) == (row[1] > 0.5) ? 3 : -3), 7, Progress.NONE);

        assertThat(fitted.format()).isEqualTo("xgboost");
        assertThat(fitted.parameters()).containsEntry("share.trees", "1.0");
    }

    @Test
    void aBlendIsReadAndExplainedLikeAnyModel() {
        Trainer.Fitted fitted = trainer.fit(
                SMALL, table(600, row -> 4 * row[0] - 4 * row[1] + (row[2] > 0.5 ? 1 : -1)), 7, Progress.NONE);

        assertThat(share(fitted)).isBetween(0.05, 0.95);
        assertThat(fitted.format()).isEqualTo(BlendedModel.FORMAT);
        Model model = new ModelFormats(ModelFormats.pureJava()).read(fitted.format(), fitted.payload());
        assertThat(model.inputs()).isEqualTo(3);
        assertThat(model.explainable()).isTrue();
    }

    /** Each model knows the truth with an error of its own: their mean is nearer to it than either. */
    @Test
    void theShareIsTheOneWithTheLeastLoss() {
        SplittableRandom random = new SplittableRandom(1);
        double[] truth = random.doubles(4_000, -3, 3).toArray();
        TrainingTable table = table(truth.length, new double[truth.length][3], place -> truth[place]);

        assertThat(new BlendShare(table, noisy(truth, 1, random), noisy(truth, 1, random)).best())
                .isBetween(0.3, 0.7);
        assertThat(new BlendShare(table, truth, noisy(truth, 1, random)).best()).isEqualTo(1);
        assertThat(new BlendShare(table, noisy(truth, 1, random), truth).best()).isZero();
    }

    private static double[] noisy(double[] truth, double size, SplittableRandom random) {
        return Arrays.stream(truth)
                .map(each -> each + size * random.nextGaussian())
                .toArray();
    }

    private static double share(Trainer.Fitted fitted) {
        return Double.parseDouble(fitted.parameters().getOrDefault("share.trees", "NaN"));
    }

    @Test
    void aMonotoneConstraintLeavesTheLinearModelOut() {
        TrainerDefinition.Tuned rising = new TrainerDefinition.Tuned(2, 3, Map.of("x0", 1));

        Trainer.Fitted fitted = trainer.fit(rising, table(600, row -> 4 * row[0] - 4 * row[1]), 7, Progress.NONE);

        assertThat(fitted.format()).isEqualTo("xgboost");
        assertThat(fitted.parameters()).containsEntry("monotone_constraints", "(1,0,0)");
    }

    @Test
    void aFewRowsAreEnough() {
        Trainer.Fitted fitted =
                trainer.fit(TrainerDefinition.Tuned.DEFAULT, table(12, row -> 4 * row[0] - 2), 7, Progress.NONE);

        assertThat(fitted.payload()).isNotEmpty();
    }

    /** Columns x0, x1, x2 from 0 to 1; the log-odds are what is given. */
    private static TrainingTable table(int rows, ToDoubleFunction<double[]> margin) {
        SplittableRandom random = new SplittableRandom(5);
        double[][] values = new double[rows][];
        Arrays.setAll(values, _ -> random.doubles(3).toArray());
        return table(rows, values, row -> margin.applyAsDouble(values[row]));
    }

    private static TrainingTable table(int rows, double[][] values, IntToDoubleFunction margin) {
        SplittableRandom random = new SplittableRandom(6);
        List<Column> columns = Tables.numbers(3);
        Object[][] cells = new Object[rows][];
        boolean[] labels = new boolean[rows];
        for (int i = 0; i < rows; i++) {
            cells[i] = new Object[] {values[i][0], values[i][1], values[i][2]};
            labels[i] = random.nextDouble() < 1 / (1 + Math.exp(-margin.applyAsDouble(i)));
        }
        return Tables.table(Tables.dataset(columns, cells, labels, 1));
    }
}
