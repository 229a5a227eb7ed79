package io.dougong.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dougong.models.Bootstrap;
import io.dougong.models.Metrics;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TestFiguresTest {

    private static final Bootstrap BOOTSTRAP = new Bootstrap(3, 40);

    /** Scores are coarse, so that there are ties. */
    @Property(tries = 100)
    void figuresAndIntervalsAreThoseOfTheMetricsComputedAnewForEachDraw(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 200) int rows) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] p = new double[rows];
        boolean[] y = new boolean[rows];
        for (int i = 0; i < rows; i++) {
            p[i] = random.nextInt(21) / 20.0;
            y[i] = random.nextDouble() < p[i];
        }

        Map<String, Evaluation.Estimate> estimates = new TestFigures(p, y).estimates(BOOTSTRAP, 0.95);

        check(estimates, "auc", BOOTSTRAP.binary(p, y, 0.95, Metrics::auc));
        check(estimates, "log_loss", BOOTSTRAP.binary(p, y, 0.95, Metrics::logLoss));
        check(estimates, "brier", BOOTSTRAP.binary(p, y, 0.95, Metrics::brier));
        check(estimates, "ece", BOOTSTRAP.binary(p, y, 0.95, Metrics::ece));
    }

    private static void check(Map<String, Evaluation.Estimate> estimates, String metric, Bootstrap.Interval expected) {
        Evaluation.Estimate estimate = estimates.get(metric);
        if (estimate == null) {
            assertThat(expected.estimate()).isNaN();
            return;
        }
        assertThat(estimate.value()).isCloseTo(expected.estimate(), within(1e-12));
        assertThat(estimate.low()).isCloseTo(expected.low(), within(1e-12));
        assertThat(estimate.high()).isCloseTo(expected.high(), within(1e-12));
    }

    @Test
    void theAreaUnderTheCurveOfOneClassIsNotThere() {
        assertThat(new TestFigures(new double[] {0.1, 0.2}, new boolean[2]).estimates(BOOTSTRAP, 0.95))
                .containsOnlyKeys("log_loss", "brier", "ece");
    }
}
