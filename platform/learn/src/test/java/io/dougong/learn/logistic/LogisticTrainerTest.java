package io.dougong.learn.logistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dougong.learn.LearnProblem;
import io.dougong.learn.Progress;
import io.dougong.learn.Tables;
import io.dougong.learn.TrainerDefinition;
import io.dougong.learn.TrainingTable;
import io.dougong.models.LinearModel;
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
    void aMissingValueSaysNothingAndAColumnThatNeverChangesHasNoWeight() {
        Object[][] rows = new Object[100][3];
        boolean[] labels = new boolean[100];
        for (int i = 0; i < 100; i++) {
            rows[i] = new Object[] {(double) (i % 10), 7.0, i % 3 == 0 ? Double.NaN : (double) i};
            labels[i] = i % 10 > 6 || i % 17 == 0;
        }
        LinearModel model = fit(Tables.table(Tables.dataset(Tables.numbers(3), rows, labels, 1)), 1);
        double[] parts = new double[4];

        model.contributions(new float[] {9, 99, Float.NaN}, parts);

        assertThat(parts[0]).isPositive();
        assertThat(parts[1]).isZero();
        assertThat(parts[2]).isZero();
    }

    @Test
    void aNegativePenaltyIsRefused() {
        assertThatThrownBy(() -> fit(Tables.noisy(100, 1, 1), -1))
                .isInstanceOf(LearnProblem.BadRequest.class)
                .hasMessageContaining("-1.0");
    }
}
