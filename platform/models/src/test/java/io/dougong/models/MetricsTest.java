package io.dougong.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MetricsTest {

    private static final double[] P = {0.1, 0.4, 0.35, 0.8};
    private static final boolean[] Y = {false, false, true, true};

    /** The worked example of scikit-learn's roc_auc_score, log_loss and brier_score_loss. */
    @Test
    void figuresAreThoseOfScikitLearn() {
        assertThat(Metrics.auc(P, Y)).isEqualTo(0.75);
        assertThat(Metrics.logLoss(P, Y)).isCloseTo(0.4722879, within(1e-6));
        assertThat(Metrics.brier(P, Y)).isCloseTo((0.01 + 0.16 + 0.4225 + 0.04) / 4, within(1e-12));
        assertThat(Metrics.rmse(new double[] {3, -0.5, 2, 7}, new double[] {2.5, 0, 2, 8}))
                .isCloseTo(0.6123724, within(1e-6));
        assertThat(Metrics.mae(new double[] {3, -0.5, 2, 7}, new double[] {2.5, 0, 2, 8}))
                .isEqualTo(0.5);
    }

    @Test
    void calibrationErrorWeighsTheGapOfEachBin() {
        double[] p = {0.05, 0.05, 0.95, 0.95};
        assertThat(Metrics.ece(p, new boolean[] {false, false, true, true})).isCloseTo(0.05, within(1e-12));
        assertThat(Metrics.ece(p, new boolean[] {true, false, true, false})).isCloseTo(0.45, within(1e-12));
        assertThat(Metrics.ece(new double[] {0, 1}, new boolean[] {false, true}))
                .isZero();
    }

    @Property(tries = 60)
    void aucCountsPairsAndTiesHalf(@ForAll @IntRange(min = 2, max = 80) int rows, @ForAll long seed) {
        Random random = new Random(seed);
        double[] scores = new double[rows];
        boolean[] labels = new boolean[rows];
        for (int i = 0; i < rows; i++) {
            scores[i] = random.nextInt(6) * (random.nextBoolean() ? 1.0 : -0.0);
            labels[i] = i == 0 || i > 1 && random.nextBoolean();
        }
        double won = 0;
        double pairs = 0;
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < rows; j++) {
                if (labels[i] && !labels[j]) {
                    pairs++;
                    won += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                }
            }
        }
        assertThat(Metrics.auc(scores, labels)).isCloseTo(won / pairs, within(1e-12));
    }

    @Test
    void aucOfOneClassIsNotANumber() {
        assertThat(Metrics.auc(P, new boolean[4])).isNaN();
    }

    @Test
    void theSummaryHoldsTheSameFigures() {
        Metrics.Binary binary = Metrics.binary(P, Y);
        assertThat(binary.byName())
                .containsEntry("auc", 0.75)
                .containsEntry("log_loss", Metrics.logLoss(P, Y))
                .containsEntry("brier", Metrics.brier(P, Y))
                .containsEntry("ece", Metrics.ece(P, Y))
                .containsEntry("rows", 4.0)
                .containsEntry("positives", 2.0);
    }

    @Test
    void lengthsThatDifferAreRefused() {
        assertThatThrownBy(() -> Metrics.brier(P, new boolean[3])).isInstanceOf(ModelProblem.BadInput.class);
    }

    @Test
    void theIntervalIsSeededAndHoldsTheEstimate() {
        Random random = new Random(3);
        double[] scores = random.doubles(400).toArray();
        boolean[] labels = new boolean[400];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = random.nextDouble() < scores[i];
        }
        Bootstrap.Interval interval = new Bootstrap(9, 200).binary(scores, labels, 0.95, Metrics::auc);
        assertThat(interval).isEqualTo(new Bootstrap(9, 200).binary(scores, labels, 0.95, Metrics::auc));
        assertThat(interval).isNotEqualTo(new Bootstrap(10, 200).binary(scores, labels, 0.95, Metrics::auc));
        assertThat(interval.estimate())
                .isEqualTo(Metrics.auc(scores, labels))
                .isBetween(interval.low(), interval.high());
        assertThat(interval.high() - interval.low()).isBetween(0.03, 0.15);
    }

    @Test
    void theIntervalOfAMeanCoversTheTruthAboutAsOftenAsItSays() {
        int hits = 0;
        for (int run = 0; run < 200; run++) {
            Random random = new Random(run);
            double[] values = random.doubles(60, 0, 2).toArray();
            Bootstrap.Interval interval = new Bootstrap(run, 200).interval(values.length, 0.9, rows -> {
                double sum = 0;
                for (int row : rows) {
                    sum += values[row];
                }
                return sum / rows.length;
            });
            hits += interval.low() <= 1 && interval.high() >= 1 ? 1 : 0;
        }
        assertThat(hits / 200.0).isBetween(0.82, 0.96);
    }
}
