package io.dougong.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dougong.decisions.FeatureValue;
import io.dougong.decisions.ModelRef;
import io.dougong.decisions.Outcome;
import io.dougong.decisions.Reason;
import io.dougong.decisions.Route;
import io.dougong.decisions.Score;
import io.dougong.models.ContributionProfile;
import io.dougong.models.LoadedModel;
import io.dougong.models.ModelArtifact;
import io.dougong.models.ModelFormats;
import io.dougong.trust.Expectation;
import io.dougong.trust.Guard;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StakesTest {

    private static final CostMatrix COSTS = new CostMatrix(
            "EUR",
            "amount",
            Map.of(
                    "REFUSE", either(CostMatrix.Price.NOTHING, new CostMatrix.Price(20, 0.1)),
                    "GRANT", either(new CostMatrix.Price(0, 0.6), CostMatrix.Price.NOTHING)),
            null);

    private static final AdverseAction ADVERSE = new AdverseAction(
            List.of("REFUSE"),
            AdverseAction.Reference.APPROVED,
            4,
            List.of(
                    new AdverseAction.ReasonText("MEANS", List.of("debt", "income"), "Too much debt", "负债过多"),
                    new AdverseAction.ReasonText("PURPOSE", List.of("purpose"), "Purpose", "用途")),
            null,
            null);

    private static CostMatrix.Either either(CostMatrix.Price ifTrue, CostMatrix.Price ifFalse) {
        return new CostMatrix.Either(ifTrue, ifFalse);
    }

    private static DecisionDefinition with(Stakes stakes) {
        DecisionDefinition plain = Loans.DEFINITION;
        return new DecisionDefinition(
                plain.name(),
                plain.stream(),
                null,
                plain.model(),
                plain.outcomes(),
                null,
                2,
                List.of(),
                null,
                0,
                null,
                plain.words(),
                stakes);
    }

    private static List<FeatureValue> asking(double debt, double income, @Nullable Object amount) {
        List<FeatureValue> values = new ArrayList<>(Loans.applicant(debt, income, "car"));
        values.add(FeatureValue.asked("amount", amount));
        return values;
    }

    /** Rows whose contributions are those of {@code margin = 2 · debt − income + 0.5} around debt 1, income 1. */
    private static Arm profiled() {
        LoadedModel model = Loans.model(2);
        List<ContributionProfile.Row> rows = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            double debt = i / 20.0;
            rows.add(new ContributionProfile.Row(2 * debt - 1 + 0.5, new double[] {2 * (debt - 1), 0, 0, 1.5}));
        }
        ModelArtifact artifact = ModelArtifact.of(model.card().with(ContributionProfile.of(rows, 3)), model.model());
        LoadedModel loaded =
                LoadedModel.of(ModelArtifact.read(artifact.bytes()), new ModelFormats(ModelFormats.pureJava()));
        return new Arm(
                new ModelRef("risk", 1, loaded.digest(), Route.CHAMPION, Arm.JVM),
                loaded,
                new Guard(List.of(
                        Expectation.number("debt", 0, 10, 0),
                        Expectation.number("income", 0, 10, 0),
                        Expectation.category("purpose", List.of("car", "house")))),
                List.of("debt", "income", "purpose", "amount"),
                new ScoreCache(0));
    }

    private static Judgement judged(Stakes stakes, List<FeatureValue> values) {
        return new Judge(with(stakes)).judge(profiled(), values, Double.NaN);
    }

    @Property(tries = 200)
    void theThresholdIsWhereBothOutcomesCostTheSame(@ForAll @DoubleRange(min = 100, max = 1e5) double amount) {
        double threshold = COSTS.threshold("REFUSE", "GRANT", amount);
        assertThat(threshold).isCloseTo((20 + 0.1 * amount) / (20 + 0.7 * amount), within(1e-12));
        Map<String, Double> above = COSTS.expected(Math.min(1, threshold + 1e-6), amount);
        Map<String, Double> below = COSTS.expected(threshold - 1e-6, amount);
        assertThat(above.get("REFUSE")).isLessThan(above.get("GRANT"));
        assertThat(below.get("GRANT")).isLessThan(below.get("REFUSE"));
    }

    @Test
    void aScoreThatIsNoneIsLeftToAPersonWhateverIsAtStake() {
        OutcomePolicy priced = new OutcomePolicy(with(new Stakes(COSTS, null, List.of(), null)));
        Score none = new Score.Binary(Double.NaN, Double.NaN);
        List<FeatureValue> values = asking(1, 1, 1_000);
        assertThat(priced.outcome(none, 1, List.of(), priced.expectedCosts(none, values), values))
                .isEqualTo(Outcome.REVIEW);
    }

    @Test
    void theSameRiskIsGrantedForASmallAmountAndRefusedForALargeOne() {
        Stakes stakes = new Stakes(COSTS, null, List.of(), null);
        double debt = 0;
        double income = 1.0;
        Judgement small = judged(stakes, asking(debt, income, 50L));
        Judgement large = judged(stakes, asking(debt, income, 50_000L));
        double p = small.score().probability();
        assertThat(p).isBetween(0.2, 0.45);
        assertThat(small.outcome().label()).isEqualTo("GRANT");
        assertThat(large.outcome().label()).isEqualTo("REFUSE");
        assertThat(large.expectedCosts().get("GRANT")).isCloseTo(p * 0.6 * 50_000, within(1e-6));
        assertThat(large.expectedCosts().get("REFUSE")).isCloseTo((1 - p) * (20 + 0.1 * 50_000), within(1e-6));
    }

    @Test
    void aPersonIsAskedWhereThatIsCheaperThanEitherOutcome() {
        CostMatrix priced = new CostMatrix("EUR", "amount", COSTS.outcomes(), 30.0);
        Stakes stakes = new Stakes(priced, null, List.of(), null);
        assertThat(judged(stakes, asking(0, 1, 50_000L)).outcome()).isEqualTo(Outcome.REVIEW);
        assertThat(judged(stakes, asking(0, 1, 10L)).outcome().label()).isEqualTo("GRANT");
    }

    @Test
    void withoutTheAmountNobodyIsRefusedByCost() {
        Judgement unknown = judged(new Stakes(COSTS, null, List.of(), null), asking(3, 1, null));
        assertThat(unknown.outcome()).isEqualTo(Outcome.REVIEW);
        assertThat(unknown.expectedCosts()).isEmpty();
    }

    @Test
    void whatPushedTowardRefusalIsSummedByGroupAgainstTheApproved() {
        Judgement refused = judged(new Stakes(null, ADVERSE, List.of(), null), asking(3, 1.5, 1L));
        assertThat(refused.outcome().label()).isEqualTo("REFUSE");
        assertThat(refused.reasons()).extracting(Reason::code).containsExactly("MEANS");
        Reason means = refused.reasons().getFirst();
        assertThat(means.feature()).isEqualTo("debt");
        assertThat(means.english()).isEqualTo("Too much debt");
        // approved: margin below 0, so debts 0 … 0.2; their mean contribution of debt is 2 · (0.1 − 1) or a little off
        // by bins
        double approved = 2 * (0.125 - 1);
        assertThat(means.contribution()).isCloseTo(2 * (3 - 1) - (1.5 - 1) - approved, within(0.06));
    }

    @Test
    void anApprovalKeepsItsOrdinaryReasons() {
        Judgement granted = judged(new Stakes(null, ADVERSE, List.of(), null), asking(0, 2, 1L));
        assertThat(granted.outcome().label()).isEqualTo("GRANT");
        assertThat(granted.reasons()).extracting(Reason::code).contains("DEBT_LOWERS");
    }

    @Test
    void aRefusalThatCannotBeExplainedIsLeftToAPerson() {
        AdverseAction silent = new AdverseAction(
                List.of("REFUSE"),
                AdverseAction.Reference.APPROVED,
                4,
                List.of(new AdverseAction.ReasonText("PURPOSE", List.of("purpose"), "Purpose", "用途")),
                null,
                null);
        assertThat(judged(new Stakes(null, silent, List.of(), null), asking(3, 1, 1L))
                        .outcome())
                .isEqualTo(Outcome.REVIEW);
    }

    @Test
    void aGroupsOwnThresholdDecidesAndLeavesANote() {
        ProtectedField age = new ProtectedField("amount", 25.0);
        GroupThresholds own = new GroupThresholds(age, Map.of("<=25", 0.9), "because");
        Stakes stakes = new Stakes(null, null, List.of(age), own);
        double debt = 0.5;
        Judgement young = judged(stakes, asking(debt, 1, 20L));
        Judgement old = judged(stakes, asking(debt, 1, 40L));
        assertThat(young.score()).isEqualTo(old.score());
        assertThat(young.outcome().label()).isEqualTo("GRANT");
        assertThat(old.outcome().label()).isEqualTo("REFUSE");
        assertThat(young.verdicts()).singleElement().satisfies(verdict -> {
            assertThat(verdict.rule()).isEqualTo("group-threshold");
            assertThat(verdict.message()).contains("0.9");
        });
        assertThat(old.verdicts()).isEmpty();
    }
}
