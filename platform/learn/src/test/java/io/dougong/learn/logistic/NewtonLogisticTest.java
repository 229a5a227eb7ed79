package io.dougong.learn.logistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dougong.learn.LearnProblem;
import io.dougong.learn.Progress;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NewtonLogisticTest {

    private static final double[][] X = {
        {0.5, 1.0}, {1.5, -1.0}, {2.0, 0.5}, {3.0, 2.0}, {3.5, -0.5}, {4.0, 1.5}, {5.0, 0.0}, {6.0, 2.5}
    };
    private static final boolean[] Y = {false, false, false, true, false, true, true, true};

    /**
     * scikit-learn 1.9.1: {@code LogisticRegression(C=1/l2, solver='newton-cholesky', tol=1e-14, max_iter=1000).fit(X, y)}, then
     * {@code coef_} and {@code intercept_}.
     */
    @ParameterizedTest
    @CsvSource({
        "1.0, 0.989730417424512, 0.8587330754430603, -3.704227861819823",
        "0.1, 2.1092278081667604, 2.2031311304210908, -8.199468289041972",
        "10.0, 0.3211327758317972, 0.2055290385107625, -1.1704865534268873"
    })
    void findsTheCoefficientsThatScikitLearnFinds(double l2, double first, double second, double intercept) {
        double[] weights = new NewtonLogistic(dense(X, Y), l2).fit(Progress.NONE);

        assertThat(weights[0]).isCloseTo(first, within(1e-9));
        assertThat(weights[1]).isCloseTo(second, within(1e-9));
        assertThat(weights[2]).isCloseTo(intercept, within(1e-9));
    }

    /** With one column of 0 and 1 and no penalty, the margins are the log-odds of the two groups. */
    @Test
    void withoutPenaltyAnIndicatorGivesTheLogOddsOfItsGroups() {
        double[][] x = new double[100][1];
        boolean[] y = new boolean[100];
        for (int i = 0; i < 100; i++) {
            x[i][0] = i < 40 ? 1 : 0;
            y[i] = i < 30 || i >= 40 && i < 55;
        }

        double[] weights = new NewtonLogistic(dense(x, y), 0).fit(Progress.NONE);

        assertThat(weights[1]).isCloseTo(Math.log(15.0 / 45), within(1e-9));
        assertThat(weights[0] + weights[1]).isCloseTo(Math.log(30.0 / 10), within(1e-9));
    }

    @Test
    void convergesWhereAFullNewtonStepWouldOvershoot() {
        double[][] x = new double[200][1];
        boolean[] y = new boolean[200];
        for (int i = 0; i < 200; i++) {
            x[i][0] = i < 100 ? -1000 - i : 1000 + i;
            y[i] = i >= 100;
        }

        double[] weights = new NewtonLogistic(dense(x, y), 1e-6).fit(Progress.NONE);

        assertThat(weights[0]).isFinite().isPositive();
    }

    @Test
    void theSameRowsGiveTheSameBits() {
        SplittableRandom random = new SplittableRandom(3);
        double[][] x = new double[500][7];
        boolean[] y = new boolean[500];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < 7; j++) {
                x[i][j] = random.nextGaussian();
            }
            y[i] = x[i][0] + random.nextGaussian() > 0;
        }

        assertThat(new NewtonLogistic(dense(x, y), 1).fit(Progress.NONE))
                .containsExactly(new NewtonLogistic(dense(x, y), 1).fit(Progress.NONE));
    }

    @Test
    void columnsThatRepeatEachOtherAreRefusedWithoutPenalty() {
        double[][] x = {{1, 2}, {2, 4}, {3, 6}, {4, 8}};
        boolean[] y = {true, false, true, false};

        assertThatThrownBy(() -> new NewtonLogistic(dense(x, y), 0).fit(Progress.NONE))
                .isInstanceOf(LearnProblem.BadRequest.class)
                .hasMessageContaining("sums of others");
    }

    private static SparseRows dense(double[][] x, boolean[] y) {
        return new SparseRows() {
            @Override
            public int rows() {
                return x.length;
            }

            @Override
            public int columns() {
                return x[0].length;
            }

            @Override
            public boolean label(int row) {
                return y[row];
            }

            @Override
            public int read(int row, int[] places, double[] values) {
                int filled = 0;
                for (int column = 0; column < x[row].length; column++) {
                    if (x[row][column] != 0) {
                        places[filled] = column;
                        values[filled++] = x[row][column];
                    }
                }
                return filled;
            }
        };
    }
}
