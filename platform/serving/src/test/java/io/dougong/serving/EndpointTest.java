package io.dougong.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dougong.decisions.Decision;
import io.dougong.decisions.DecisionCodec;
import io.dougong.decisions.DecisionReader;
import io.dougong.decisions.Replay;
import io.dougong.decisions.Route;
import io.dougong.decisions.Truth;
import io.dougong.features.MemoryFeatureStore;
import io.dougong.kernel.Digest;
import io.dougong.kernel.Field;
import io.dougong.kernel.FieldType;
import io.dougong.kernel.Row;
import io.dougong.kernel.Schema;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EndpointTest {

    private static final Schema ASKING = Schema.of(
            Field.optional("debt", FieldType.NUMBER),
            Field.optional("income", FieldType.NUMBER),
            Field.optional("purpose", FieldType.STRING));

    private final Arm champion = Loans.champion();
    private final Arm shadow = Loans.arm(Route.SHADOW, 3, new ScoreCache(0));
    private final Endpoint endpoint = new Endpoint(
            new Endpoint.Identity("bank", Digest.of("manifest").hex(), Digest.of("features")),
            Loans.DEFINITION,
            InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z")));
    private final DecisionReplayer replayer = new DecisionReplayer(
            decision -> new DecisionReplayer.Bench(new Judge(Loans.DEFINITION), champion, List.of(shadow)),
            decision -> decision.features());

    EndpointTest() {
        Gathering gathering = new Gathering(new MemoryFeatureStore(), ASKING, Loans.NAMES);
        endpoint.rollOut(
                new Rollout("bank/risk", gathering, champion, Optional.empty(), Optional.empty(), List.of(shadow)));
    }

    @Test
    void withoutAChampionTheQuestionIsRefused() {
        Endpoint idle = new Endpoint(
                new Endpoint.Identity("bank", "v", Digest.of("f")), Loans.DEFINITION, InstantSource.system());
        assertThat(idle.live()).isFalse();
        assertThatThrownBy(() -> idle.answer(ask(1.0, 1.0))).hasMessageContaining("has no champion yet");
    }

    @Test
    void theDecisionHoldsWhatWasAskedAndWhatTheShadowWouldHaveSaid() {
        Decision decision = endpoint.answer(ask(5.0, 1.0));
        assertThat(decision.question().input()).isEqualTo(Map.of("debt", 5.0, "income", 1.0, "purpose", "car"));
        assertThat(decision.shadows()).singleElement().satisfies(said -> {
            assertThat(said.score().margin()).isEqualTo(3 * 5.0 - 1.0 + 0.5);
            assertThat(said.model().route()).isEqualTo(Route.SHADOW);
        });
    }

    @Test
    void aRecordedDecisionReplaysToTheSameBits() {
        Decision recorded = DecisionReader.read(DecisionCodec.bytes(endpoint.answer(ask(0.3, 1.1))));
        Replay replay = replayer.replay(recorded, Replay.Request.PLAIN);
        assertThat(replay.differences()).isEmpty();
        assertThat(replay.identical()).isTrue();
        assertThat(replay.fidelity()).isEqualTo(Replay.Fidelity.EXACT);
    }

    @Test
    void aTamperedScoreIsFoundByReplay() {
        String record = new String(
                DecisionCodec.bytes(endpoint.answer(ask(5.0, 1.0))), java.nio.charset.StandardCharsets.UTF_8);
        Decision tampered = DecisionReader.read(record.replaceFirst("\"margin\":9.5", "\"margin\":9.25")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        Replay replay = replayer.replay(tampered, Replay.Request.PLAIN);
        assertThat(replay.differences()).containsExactly(new Replay.Difference("score.margin", "9.25", "9.5"));
    }

    @Test
    void whatIfChangesOneValueAndShowsWhatFollows() {
        Decision recorded = endpoint.answer(ask(5.0, 1.0));
        Replay what = replayer.replay(recorded, new Replay.Request(false, Map.of("debt", 0L, "income", 9.0)));
        assertThat(recorded.outcome().label()).isEqualTo("REFUSE");
        assertThat(what.recomputed().outcome().label()).isEqualTo("GRANT");
        assertThat(what.identical()).isFalse();
    }

    @Test
    void whatIfWithAnUnknownNameOffersTheNearOne() {
        Decision recorded = endpoint.answer(ask(5.0, 1.0));
        Replay.Request misspelt = new Replay.Request(false, Map.of("dept", 1.0));
        assertThatThrownBy(() -> replayer.replay(recorded, misspelt))
                .isInstanceOfSatisfying(
                        ServingProblem.class,
                        problem -> assertThat(problem.advice()).contains("'debt'"));
    }

    @Test
    void whatIfWithAnotherKindIsRefused() {
        Decision recorded = endpoint.answer(ask(5.0, 1.0));
        assertThatThrownBy(() -> replayer.replay(recorded, new Replay.Request(false, Map.of("debt", "much"))))
                .hasMessageContaining("'debt' cannot be 'much': it is a number");
    }

    @Test
    void aLabelOutsideThePredictionSetRaisesTheThreshold() {
        Decision decision = endpoint.answer(ask(5.0, 1.0));
        double before = decision.confidence().threshold();
        endpoint.learn(decision.model().digest(), decision.score(), before, new Truth.Flag(false));
        double after = endpoint.answer(ask(5.0, 1.0)).confidence().threshold();
        assertThat(after).isEqualTo(before + 0.01 * (1 - (1 - 0.9)));
    }

    private static Ask ask(double debt, double income) {
        return new Ask("id-1", "k", null, Row.of(ASKING, debt, income, "car"), 1_000_000);
    }
}
