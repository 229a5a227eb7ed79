package io.dougong.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dougong.models.AdaptiveConformal;
import io.dougong.models.AdaptiveConformal.State;
import io.dougong.models.Bootstrap;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AbstentionReplayTest {

    private static final AdaptiveConformal RULE = new AdaptiveConformal(0.5, 0.2);
    private static final Bootstrap BOOTSTRAP = new Bootstrap(1, 50);

    private static TrainingTable rows(int count, long delaySeconds) {
        Object[][] values = new Object[count][];
        Arrays.setAll(values, i -> new Object[] {0.0});
        return Tables.table(Tables.dataset(Tables.numbers(1), values, new boolean[count], delaySeconds));
    }

    private static Evaluation.Abstention replay(AdaptiveConformal rule, double q, double[] p, boolean[] y, long delay) {
        return AbstentionReplay.of(rule, State.at(q), rows(p.length, delay), p, y, BOOTSTRAP);
    }

    /**
     * By hand, α 0.5, η 0.2, from q 0.3; the score of a negative row is p. Without delay q goes 0.3, 0.4 (missed), 0.5 (missed), so the
     * third row with score 0.45 is covered. If labels come three seconds late, q is still 0.3 and it is not.
     */
    @Test
    void aLabelMovesTheThresholdWhenItBecomesKnownAndNotBefore() {
        double[] p = {0.6, 0.6, 0.45};
        boolean[] y = {false, false, false};

        assertThat(replay(RULE, 0.3, p, y, 1).coverage().value()).isCloseTo(1.0 / 3, within(1e-12));
        assertThat(replay(RULE, 0.3, p, y, 3).coverage().value()).isZero();
    }

    /** q 0.3: 0.2 and 0.75 decide, 0.5 has no answer in its set; one of the two decided is wrong. */
    @Test
    void coverageReviewsAndErrorsAreDifferentFigures() {
        Evaluation.Abstention abstention =
                replay(RULE, 0.3, new double[] {0.2, 0.75, 0.5}, new boolean[] {false, false, true}, 100);

        assertThat(abstention.coverage().value()).isCloseTo(1.0 / 3, within(1e-12));
        assertThat(abstention.reviewRate().value()).isCloseTo(1.0 / 3, within(1e-12));
        assertThat(abstention.errorWhenDecided().value()).isCloseTo(1.0 / 2, within(1e-12));
    }

    /** The bound of {@link AdaptiveConformal}: |miscoverage − α| ≤ (1 + η (D + 1)) / (η T), with D labels outstanding. */
    @Test
    void coverageIsKeptWhenTheWorldTurnsRoundAndLabelsAreLate() {
        AdaptiveConformal rule = new AdaptiveConformal(0.1, 0.01);
        int rows = 20_000;
        int delay = 40;
        SplittableRandom random = new SplittableRandom(5);
        double[] p = new double[rows];
        boolean[] y = new boolean[rows];
        for (int i = 0; i < rows; i++) {
            p[i] = random.nextDouble();
            y[i] = random.nextDouble() < (i < rows / 2 ? p[i] : 1 - p[i]);
        }

        double coverage = replay(rule, 0.5, p, y, delay).coverage().value();

        assertThat(coverage).isCloseTo(0.9, within((1 + 0.01 * (delay + 1)) / (0.01 * rows) + 1.0 * delay / rows));
    }
}
