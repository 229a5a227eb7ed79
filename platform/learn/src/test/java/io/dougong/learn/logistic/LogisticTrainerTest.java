package io.dougong.learn.logistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dougong.learn.Column;
import io.dougong.learn.Dataset;
import io.dougong.learn.LearnProblem;
import io.dougong.learn.Progress;
import io.dougong.learn.Tables;
import io.dougong.learn.TrainerDefinition;
import io.dougong.learn.TrainingTable;
import io.dougong.models.AdditiveModel;
import io.dougong.models.LinearModel;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogisticTrainerTest {

    private final LogisticTrainer trainer = new LogisticTrainer();

    private LinearModel fit(TrainingTable table, double l2) {
        return LinearModel.read(trainer.fit(new TrainerDefinition.Logistic(l2), table, 0, Progress.NONE)
                .payload());
    }

    /**
     * scikit-learn 1.9.1: {@code make_pipeline(StandardScaler(), LogisticRegression(C=1, solver='newton-cholesky',
     * tol=1e-14)).fit(X, y).decision_function(X)}.
     */
    @Test
    void marginsAreThoseOfScikitLearnsStandardisedModel() {
        TrainingTable table = Tables.table(Tables.dataset(Tables.numbers(2), ROWS, LABELS, 1));
        LinearModel model = fit(table, 1);
        double[] margin = new double[1];

        for (int i = 0; i < ROWS.length; i++) {
            model.margins(new float[] {((Double) ROWS[i][0]).floatValue(), ((Double) ROWS[i][1]).floatValue()}, margin);
            assertThat(margin[0]).isCloseTo(MARGINS[i], within(1e-9));
        }
    }

    private static final Object[][] ROWS = {
        {0.5, 1.0}, {1.5, -1.0}, {2.0, 0.5}, {3.0, 2.0}, {3.5, -0.5}, {4.0, 1.5}, {5.0, 0.0}, {6.0, 2.5}
    };
    private static final boolean[] LABELS = {false, false, false, true, false, true, true, true};
    private static final double[] MARGINS = {
        -1.4142437733006583,
        -2.2805276883671746,
        -0.8548900744953024,
        0.8811174104053635,
        -0.6672922899709726,
        1.1301012381819253,
        0.6355732373964353,
        3.115092550859153
    };

    @Test
    void trainingTwiceGivesTheSameBytes() {
        TrainingTable table = Tables.noisy(2_000, 6, 5);
        TrainerDefinition definition = new TrainerDefinition.Logistic(1);

        assertThat(trainer.fit(definition, table, 0, Progress.NONE).payload())
                .isEqualTo(trainer.fit(definition, table, 0, Progress.NONE).payload());
    }

    @Test
    void aColumnThatNeverChangesHasNoWeight() {
        Object[][] rows = new Object[100][2];
        boolean[] labels = new boolean[100];
        for (int i = 0; i < 100; i++) {
            rows[i] = new Object[] {(double) (i % 10), 7.0};
            labels[i] = i % 10 > 6 || i % 17 == 0;
        }
        LinearModel model = fit(Tables.table(Tables.dataset(Tables.numbers(2), rows, labels, 1)), 1);
        double[] parts = new double[3];

        model.contributions(new float[] {9, 99}, parts);

        assertThat(parts[0]).isPositive();
        assertThat(parts[1]).isZero();
    }

    @Test
    void aColumnThatTellsByBeingMissingIsHeard() {
        Object[][] rows = new Object[200][1];
        boolean[] labels = new boolean[200];
        for (int i = 0; i < 200; i++) {
            labels[i] = i % 2 == 0;
            rows[i] = new Object[] {labels[i] ? Double.NaN : (double) (i % 7)};
        }
        AdditiveModel model = additive(Tables.dataset(Tables.numbers(1), rows, labels, 1));

        assertThat(margin(model, Float.NaN)).isPositive();
        assertThat(margin(model, 3)).isNegative();
    }

    @Test
    void textNeedsNoOrderAndContributionsAverageToNothing() {
        String[] colours = {"blue", "green", "red"};
        Object[][] rows = new Object[300][1];
        boolean[] labels = new boolean[300];
        for (int i = 0; i < 300; i++) {
            rows[i] = new Object[] {colours[i % 3]};
            labels[i] = i % 3 == 1 ? i % 5 > 0 : i % 5 == 0;
        }
        AdditiveModel model = additive(Tables.dataset(List.of(new Column("colour", true)), rows, labels, 1));
        double[] parts = new double[2];
        double sum = 0;
        for (int code = 0; code < 3; code++) {
            model.contributions(new float[] {code}, parts);
            sum += parts[0];
        }

        assertThat(margin(model, 1)).isGreaterThan(1);
        assertThat(margin(model, 0)).isLessThan(-1);
        assertThat(margin(model, 2)).isLessThan(-1);
        assertThat(sum).isCloseTo(0, within(1e-9));
        assertThat(AdditiveModel.read(model.bytes()).bytes()).isEqualTo(model.bytes());
    }

    private AdditiveModel additive(Dataset dataset) {
        return AdditiveModel.read(
                trainer.fit(new TrainerDefinition.Logistic(1), Tables.table(dataset), 0, Progress.NONE)
                        .payload());
    }

    private static double margin(AdditiveModel model, float value) {
        double[] margin = new double[1];
        model.margins(new float[] {value}, margin);
        return margin[0];
    }

    @Test
    void aNegativePenaltyIsRefused() {
        assertThatThrownBy(() -> fit(Tables.noisy(100, 1, 1), -1))
                .isInstanceOf(LearnProblem.BadRequest.class)
                .hasMessageContaining("-1.0");
    }
}
