package io.dougong.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.dougong.decisions.Decision;
import io.dougong.decisions.DecisionCodec;
import io.dougong.decisions.DecisionReader;
import io.dougong.decisions.Replay;
import io.dougong.decisions.Route;
import io.dougong.operate.HealingState.Phase;
import io.dougong.operate.HealingState.Version;
import io.dougong.operate.HealingStep.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class HealingRuleTest {

    private static final long HOUR = 3_600_000_000L;
    private static final Map<String, String> STUCK = Map.of(
            "monitor", "s/stuck/a/b", "kind", "FEED", "cause", "s a b stuck", "champion", "1", "champion_digest", "aa");
    private static final Map<String, String> STUCK_WITH_FALL_BACK =
            with(STUCK, "fall_back", "2", "fall_back_digest", "bb");
    private static final Version FIRST = new Version(1, "aa");
    private static final Version SECOND = new Version(2, "bb");

    private final HealingRule rule = new HealingRule(HealingDefinition.usual("m"));
    private HealingState state = HealingState.BEGINNING;
    private final List<Outcome> outcomes = new ArrayList<>();
    private List<Action> actions = List.of();

    private static Map<String, String> with(Map<String, String> facts, String... more) {
        Map<String, String> all = new HashMap<>(facts);
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return Map.copyOf(all);
    }

    private void see(Observation.Kind kind, long hour, Map<String, Double> figures, Map<String, String> facts) {
        rule.step(state, new Observation(kind, hour * HOUR, figures, facts)).ifPresent(step -> {
            state = step.next();
            outcomes.add(step.outcome());
            actions = step.actions();
        });
    }

    private void alarm(long hour) {
        see(
                Observation.Kind.ALARM,
                hour,
                Map.of("evidence", 9.0),
                Map.of(
                        "monitor",
                        "d/quality/auc",
                        "kind",
                        "QUALITY",
                        "cause",
                        "?",
                        "champion",
                        "1",
                        "champion_digest",
                        "aa"));
    }

    private void trained(long hour, double passed) {
        see(
                Observation.Kind.TRAINED,
                hour,
                Map.of("passed", passed),
                Map.of("candidate", "2", "candidate_digest", "bb"));
    }

    private void trial(long hour, double gain, double canaryWorse) {
        see(
                Observation.Kind.TRIAL,
                hour,
                Map.of(
                        "hours",
                        20.0,
                        "questions",
                        500.0,
                        "gain",
                        gain,
                        "gain_error",
                        0.01,
                        "canary_worse_p",
                        canaryWorse),
                Map.of());
    }

    private void toProbation() {
        alarm(0);
        trained(6, 1);
        trial(30, 0.02, 1);
        trial(54, 0.02, 0.5);
    }

    @Example
    void aGoodCandidateGoesTheWholeWay() {
        toProbation();
        assertThat(state.phase()).isEqualTo(Phase.PROBATION);
        assertThat(actions)
                .containsExactly(
                        new Action.Withdraw(Route.CANARY),
                        new Action.Give(Route.SHADOW, FIRST, 1),
                        new Action.Give(Route.CHAMPION, SECOND, 1));
        trial(102, -0.02, 1);
        assertThat(outcomes)
                .containsExactly(Outcome.RETRAIN, Outcome.SHADOW, Outcome.CANARY, Outcome.PROMOTE, Outcome.SETTLE);
        assertThat(state.champion()).isEqualTo(SECOND);
    }

    @Example
    void aCandidateThatLosesMoreIsRejectedInTheShadow() {
        alarm(0);
        trained(6, 1);
        trial(30, -0.02, 1);
        assertThat(outcomes).endsWith(Outcome.REJECT);
        assertThat(actions).containsExactly(new Action.Withdraw(Route.SHADOW));
    }

    @Example
    void aCanaryThatLosesMoreIsRolledBack() {
        alarm(0);
        trained(6, 1);
        trial(30, 0.0, 1);
        trial(54, 0.0, 0.001);
        assertThat(outcomes).endsWith(Outcome.ROLL_BACK);
        assertThat(state.phase()).isEqualTo(Phase.WATCHING);
        assertThat(state.champion()).isEqualTo(FIRST);
    }

    @Example
    void aPredecessorThatWouldLoseLessComesBack() {
        toProbation();
        trial(102, 0.05, 1);
        assertThat(outcomes).endsWith(Outcome.ROLL_BACK);
        assertThat(actions).endsWith(new Action.Give(Route.CHAMPION, FIRST, 1));
    }

    @Example
    void failedGatesEndIt() {
        alarm(0);
        trained(6, 0);
        assertThat(outcomes).containsExactly(Outcome.RETRAIN, Outcome.REJECT);
    }

    @Example
    void nothingHappensBeforeItIsDueOrWhileItIsHeld() {
        alarm(0);
        trained(6, 1);
        trial(29, 0.02, 1);
        assertThat(state.phase()).isEqualTo(Phase.SHADOW);
        see(Observation.Kind.HOLD, 29, Map.of(), Map.of("by", "ann"));
        trial(30, 0.02, 1);
        assertThat(state.phase()).isEqualTo(Phase.SHADOW);
        see(Observation.Kind.RESUME, 40, Map.of(), Map.of("by", "ann"));
        trial(41, 0.02, 1);
        assertThat(state.phase()).isEqualTo(Phase.CANARY);
    }

    @Example
    void anUndoneProbationBringsThePredecessorBack() {
        toProbation();
        see(Observation.Kind.UNDO, 60, Map.of(), Map.of("by", "ann"));
        assertThat(state.champion()).isEqualTo(FIRST);
        assertThat(state.phase()).isEqualTo(Phase.WATCHING);
    }

    @Example
    void noAlarmStartsAnotherHealingDuringTheCoolDown() {
        toProbation();
        trial(102, -0.02, 1);
        int before = outcomes.size();
        alarm(103);
        assertThat(outcomes).hasSize(before);
        alarm(102 + 72);
        assertThat(outcomes).endsWith(Outcome.RETRAIN);
    }

    @Example
    void aFallBackStaysWhileTheFeedIsBrokenAndGoesWhenThePredecessorIsBetter() {
        see(Observation.Kind.ALARM, 0, Map.of(), STUCK_WITH_FALL_BACK);
        trial(24, 0.05, 1);
        trial(48, 0.05, 1);
        assertThat(outcomes).containsExactly(Outcome.FALL_BACK, Outcome.CANARY, Outcome.PROMOTE);
        see(
                Observation.Kind.TRIAL,
                96,
                Map.of("hours", 20.0, "questions", 500.0, "gain", 0.5, "gain_error", 0.01, "feed_broken", 1.0),
                Map.of());
        assertThat(outcomes).endsWith(Outcome.KEEP);
        trial(144, 0.5, 1);
        assertThat(outcomes).endsWith(Outcome.ROLL_BACK);
        assertThat(state.champion()).isEqualTo(FIRST);
    }

    @Example
    void oneBreakOfAFeedIsTrainedForOnce() {
        see(Observation.Kind.ALARM, 10, Map.of("since_micros", 9.0 * HOUR), STUCK);
        see(Observation.Kind.TRAINED, 16, Map.of("passed", 0.0), Map.of("candidate", "2", "candidate_digest", "bb"));
        see(Observation.Kind.ALARM, 500, Map.of("since_micros", 9.0 * HOUR), STUCK);
        assertThat(outcomes).containsExactly(Outcome.RETRAIN, Outcome.REJECT);
        see(Observation.Kind.ALARM, 501, Map.of("since_micros", 490.0 * HOUR), STUCK);
        assertThat(outcomes).endsWith(Outcome.RETRAIN);
    }

    @Example
    void aFallBackThatIsNotBetterIsFollowedByATraining() {
        see(Observation.Kind.ALARM, 0, Map.of(), STUCK_WITH_FALL_BACK);
        trial(24, 0.0, 1);
        see(Observation.Kind.ALARM, 200, Map.of(), STUCK_WITH_FALL_BACK);
        assertThat(outcomes).containsExactly(Outcome.FALL_BACK, Outcome.REJECT, Outcome.RETRAIN);
    }

    @Provide
    Arbitrary<List<Observation>> histories() {
        Arbitrary<Observation> one = Combinators.combine(
                        Arbitraries.of(Observation.Kind.class),
                        Arbitraries.integers().between(0, 60),
                        Arbitraries.doubles().between(-0.1, 0.1),
                        Arbitraries.doubles().between(0, 1))
                .as((kind, hours, gain, p) -> new Observation(
                        kind,
                        hours * HOUR,
                        Map.of(
                                "gain",
                                gain,
                                "gain_error",
                                0.02,
                                "hours",
                                9.0,
                                "questions",
                                99.0,
                                "canary_worse_p",
                                p,
                                "passed",
                                1.0),
                        Map.of(
                                "monitor",
                                "d/quality/auc",
                                "kind",
                                "QUALITY",
                                "cause",
                                "c",
                                "by",
                                "ann",
                                "champion",
                                "1",
                                "champion_digest",
                                "aa",
                                "candidate",
                                "2",
                                "candidate_digest",
                                "bb")));
        return one.list().ofMaxSize(40);
    }

    /** Event times are steps forward here. */
    @Property(tries = 300)
    void everyStepOfAnyHistoryIsReplayedToTheSameBitsFromItsRecord(@ForAll("histories") List<Observation> history) {
        HealingState now = HealingState.BEGINNING;
        long at = 0;
        for (Observation step : history) {
            at += step.atMicros();
            Observation seen = new Observation(step.kind(), at, step.figures(), step.facts());
            Optional<HealingStep> next = rule.step(now, seen);
            assertThat(rule.step(now, seen)).isEqualTo(next);
            if (next.isPresent()) {
                Decision record =
                        HealingRecord.of(new HealingRecord.Origin("app", "v", 5), rule, now, seen, next.get());
                Decision read = DecisionReader.read(DecisionCodec.bytes(record));
                Replay replay = HealingRecord.replay(read, Replay.Request.PLAIN);
                assertThat(replay.differences()).isEmpty();
                now = next.get().next();
            }
            assertThat(now.phase() == Phase.SHADOW || now.phase() == Phase.CANARY)
                    .isEqualTo(now.candidate() != null && now.phase() != Phase.APPROVAL);
        }
    }

    @Example
    void anotherFigureGivesAnotherOutcomeInAReplay() {
        alarm(0);
        trained(6, 1);
        HealingState before = state;
        Observation seen = new Observation(
                Observation.Kind.TRIAL,
                30 * HOUR,
                Map.of("hours", 20.0, "questions", 500.0, "gain", 0.02, "gain_error", 0.01),
                Map.of());
        Decision record = HealingRecord.of(
                new HealingRecord.Origin("app", "v", 5),
                rule,
                before,
                seen,
                rule.step(before, seen).orElseThrow());
        Replay replay = HealingRecord.replay(record, new Replay.Request(false, Map.of("gain", -0.5)));
        assertThat(record.outcome().label()).isEqualTo("CANARY");
        assertThat(replay.recomputed().outcome().label()).isEqualTo("REJECT");
    }
}
