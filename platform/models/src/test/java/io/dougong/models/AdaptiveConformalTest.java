package io.dougong.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dougong.kernel.Json;
import io.dougong.models.AdaptiveConformal.Answer;
import io.dougong.models.AdaptiveConformal.State;
import io.dougong.models.AdaptiveConformal.Verdict;
import java.util.ArrayDeque;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AdaptiveConformalTest {

    private final AdaptiveConformal rule = new AdaptiveConformal(0.1, 0.005);

    private record Asked(double probability, double q, boolean label) {}

    @Test
    void oneAnswerInTheSetDecides() {
        assertThat(Verdict.of(0.9, 0.3)).isEqualTo(new Verdict(Answer.POSITIVE, 1));
        assertThat(Verdict.of(0.1, 0.3)).isEqualTo(new Verdict(Answer.NEGATIVE, 1));
    }

    @Test
    void bothAnswersOrNoneGoToAPerson() {
        assertThat(Verdict.of(0.55, 0.6)).isEqualTo(new Verdict(Answer.REVIEW, 2));
        assertThat(Verdict.of(0.55, 0.2)).isEqualTo(new Verdict(Answer.REVIEW, 0));
        assertThat(Verdict.of(0.55, 0.2).decided()).isFalse();
    }

    @Test
    void theFirstThresholdIsTheSplitConformalQuantile() {
        double[] probabilities = new double[19];
        boolean[] labels = new boolean[19];
        for (int i = 0; i < 19; i++) {
            probabilities[i] = (i + 1) / 20.0;
        }
        assertThat(rule.initial(probabilities, labels).q()).isEqualTo(0.9);
        assertThat(rule.initial(new double[] {0.2}, new boolean[] {false}).q()).isEqualTo(1.0);
    }

    @Property(tries = 300)
    void whateverHappensTheLabelsMissTheSetOfTheirArrivalAtTheAskedRate(
            @ForAll @IntRange(min = 0, max = 400) int delay,
            @ForAll @DoubleRange(min = 0.01, max = 0.5) double alpha,
            @ForAll @DoubleRange(min = 0.01, max = 0.3) double eta,
            @ForAll @DoubleRange(min = 0, max = 1) double start,
            @ForAll long seed) {
        AdaptiveConformal tracking = new AdaptiveConformal(alpha, eta);
        Random random = new Random(seed);
        ArrayDeque<Asked> outstanding = new ArrayDeque<>();
        State state = State.at(start);
        int missed = 0;
        for (int t = 0; t < 3000; t++) {
            outstanding.add(new Asked(random.nextInt(5) / 4.0, state.q(), hostile(random, t)));
            while (outstanding.size() > delay) {
                Asked due = outstanding.remove();
                double score = due.label() ? 1 - due.probability() : due.probability();
                missed += score > state.q() ? 1 : 0;
                state = tracking.afterLabel(state, due.probability(), due.q(), due.label());
                assertThat(state.q()).isBetween(-eta, 1 + eta);
            }
        }
        double bound = (1 + 2 * eta) / (eta * state.labels());
        assertThat((double) missed / state.labels()).isCloseTo(alpha, within(bound + 1e-9));
    }

    @Test
    void thousandsOfLabelsOnTheirWayDoNotMakeTheThresholdSwing() {
        State atOnce = run(rule, _ -> 0, 0);
        State late = run(rule, _ -> 0, 5000);
        assertThat(late.coverage()).isCloseTo(0.9, within(0.01));
        assertThat(late.reviewRate()).isCloseTo(atOnce.reviewRate(), within(0.02));
    }

    private static boolean hostile(Random random, int t) {
        return t / 500 % 2 == 0 ? random.nextBoolean() : random.nextInt(10) == 0;
    }

    @Test
    void coverageHoldsWhileTheDataDriftAndLabelsComeLate() {
        IntToDoubleFunction drift = t -> t < 6000 ? 0 : 3;
        State adaptive = run(rule, drift, 200);
        State fixed = run(new AdaptiveConformal(0.1, 1e-9), drift, 200);
        assertThat(adaptive.coverage()).isCloseTo(0.9, within(0.02));
        assertThat(fixed.coverage()).isLessThan(0.85);
    }

    @Test
    void errorAmongTheDecidedIsCountedApartFromCoverage() {
        State state = State.at(0.5);
        state = rule.afterLabel(state, 0.9, 0.3, true);
        state = rule.afterLabel(state, 0.9, 0.3, false);
        state = rule.afterLabel(state, 0.5, 0.6, false);
        state = rule.afterLabel(state, 0.5, 0.1, false);
        assertThat(state.labels()).isEqualTo(4);
        assertThat(state.coverage()).isEqualTo(0.5);
        assertThat(state.decided()).isEqualTo(2);
        assertThat(state.errorAmongDecided()).isEqualTo(0.5);
        assertThat(state.reviewRate()).isEqualTo(0.5);
        assertThat(state.q()).isCloseTo(0.5 + 0.005 * (1 - 4 * 0.1), within(1e-12));
    }

    @Test
    void coverageIsCountedAtTheThresholdOfTheDecisionNotTheNewestOne() {
        State moved = State.at(0.9);
        assertThat(rule.afterLabel(moved, 0.8, 0.1, true).covered()).isZero();
        assertThat(rule.afterLabel(moved, 0.8, 0.3, true).covered()).isOne();
    }

    @Test
    void theStateSurvivesJson() {
        State state = new State(0.123456789, 10, 9, 7, 1);
        assertThat(Json.read(Json.bytes(state), State.class)).isEqualTo(state);
    }

    @Test
    void parametersOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new AdaptiveConformal(0, 0.1)).isInstanceOf(ModelProblem.BadInput.class);
        assertThatThrownBy(() -> new AdaptiveConformal(0.1, Double.NaN)).isInstanceOf(ModelProblem.BadInput.class);
    }

    /** A calibrated model whose labels begin to disagree with it by {@code drift} in log-odds. */
    private static State run(AdaptiveConformal rule, IntToDoubleFunction drift, int delay) {
        Random random = new Random(5);
        double[] probabilities = new double[2000];
        boolean[] labels = new boolean[2000];
        for (int i = 0; i < labels.length; i++) {
            double margin = random.nextGaussian() * 3;
            probabilities[i] = Calibrator.sigmoid(margin);
            labels[i] = random.nextDouble() < probabilities[i];
        }
        State state = rule.initial(probabilities, labels);
        ArrayDeque<Asked> outstanding = new ArrayDeque<>();
        for (int t = 0; t < 20_000; t++) {
            double margin = random.nextGaussian() * 3;
            boolean label = random.nextDouble() < Calibrator.sigmoid(margin - drift.applyAsDouble(t));
            outstanding.add(new Asked(Calibrator.sigmoid(margin), state.q(), label));
            if (outstanding.size() > delay) {
                Asked due = outstanding.remove();
                state = rule.afterLabel(state, due.probability(), due.q(), due.label());
            }
        }
        return state;
    }
}
