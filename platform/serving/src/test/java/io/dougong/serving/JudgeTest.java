package io.dougong.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.dougong.decisions.Outcome;
import io.dougong.decisions.Reason;
import io.dougong.decisions.Route;
import io.dougong.decisions.Verdict;
import io.dougong.models.Calibrator;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class JudgeTest {

    private final Judge judge = new Judge(Loans.DEFINITION);

    @Test
    void aClearCaseIsDecidedByTheBandOfItsProbability() {
        Judgement refused = judge.judge(Loans.champion(), Loans.applicant(5.0, 1.0, "car"), 0.7);
        assertThat(refused.outcome()).isEqualTo(new Outcome("REFUSE"));
        assertThat(refused.score().margin()).isEqualTo(2 * 5.0 - 1.0 + 0.5);
        assertThat(refused.score().probability()).isEqualTo(Calibrator.sigmoid(9.5));
        Judgement granted = judge.judge(Loans.champion(), Loans.applicant(0.0, 9.0, "car"), 0.7);
        assertThat(granted.outcome()).isEqualTo(new Outcome("GRANT"));
    }

    @Test
    void whereBothAnswersArePlausibleAPersonMustLook() {
        Judgement close = judge.judge(Loans.champion(), Loans.applicant(0.25, 1.0, "car"), 0.7);
        assertThat(close.score().probability()).isEqualTo(0.5);
        assertThat(close.confidence().setSize()).isEqualTo(2);
        assertThat(close.outcome()).isEqualTo(Outcome.REVIEW);
    }

    @Test
    void whereNoAnswerIsPlausibleAPersonMustLook() {
        Judgement strange = judge.judge(Loans.champion(), Loans.applicant(0.25, 1.0, "car"), 0.3);
        assertThat(strange.confidence().setSize()).isZero();
        assertThat(strange.outcome()).isEqualTo(Outcome.REVIEW);
    }

    @Test
    void withoutAbstentionEvenACloseCaseIsDecided() {
        Judgement close = judge.judge(Loans.champion(), Loans.applicant(0.25, 1.0, "car"), Double.NaN);
        assertThat(close.outcome()).isEqualTo(new Outcome("REFUSE"));
    }

    @Test
    void aMissingMandatoryValueIsNotScored() {
        Judgement unasked = judge.judge(Loans.champion(), Loans.applicant(null, 1.0, "car"), 0.7);
        assertThat(unasked.score().margin()).isNaN();
        assertThat(unasked.outcome()).isEqualTo(Outcome.REVIEW);
        assertThat(unasked.verdicts())
                .extracting(Verdict::field, Verdict::severity)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("debt", Verdict.Severity.BLOCK));
    }

    @Test
    void anUnseenCategoryIsScoredButGivenToAPerson() {
        Judgement unseen = judge.judge(Loans.champion(), Loans.applicant(5.0, 1.0, "boat"), 0.7);
        assertThat(unseen.score().margin()).isEqualTo(9.5);
        assertThat(unseen.outcome()).isEqualTo(Outcome.REVIEW);
        assertThat(unseen.verdicts()).extracting(Verdict::field).containsExactly("purpose");
    }

    @Test
    void theStrongestContributionsBecomeReasonsInBothLanguages() {
        List<Reason> reasons = judge.judge(Loans.champion(), Loans.applicant(5.0, 2.0, "car"), 0.7)
                .reasons();
        assertThat(reasons).extracting(Reason::code).containsExactly("DEBT_RAISES", "INCOME_LOWERS");
        assertThat(reasons.getFirst().contribution()).isEqualTo(2 * (5.0 - 1.0));
        assertThat(reasons.getFirst().english()).isEqualTo("debt is 5, which speaks for REFUSE");
        assertThat(reasons.getFirst().chinese()).isEqualTo("负债为 5，支持 REFUSE");
    }

    @Property
    void aCachedScoreHasTheBitsOfAComputedOne(
            @ForAll @DoubleRange(min = 0, max = 10) double debt,
            @ForAll @DoubleRange(min = 0, max = 10) double income) {
        Arm cached = Loans.arm(Route.CHAMPION, 2, new ScoreCache(100));
        var values = Loans.applicant(debt, income, "house");
        Judgement computed = judge.judge(cached, values, 0.7);
        Judgement known = judge.judge(cached, values, 0.7);
        assertThat(computed.cached()).isFalse();
        assertThat(known.cached()).isTrue();
        assertThat(known.score()).isEqualTo(computed.score());
        assertThat(known.reasons()).isEqualTo(computed.reasons());
    }
}
