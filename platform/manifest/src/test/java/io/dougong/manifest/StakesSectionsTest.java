package io.dougong.manifest;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dougong.documents.Fault;
import io.dougong.serving.AdverseAction;
import io.dougong.serving.CostMatrix;
import io.dougong.serving.Stakes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class StakesSectionsTest {

    private static final String LOANS = """
            application: loans
            streams:
              applications:
                key: loan
                time: asked
                fields: { loan: string, asked: timestamp, income: integer, debt: integer, amount: integer, age: integer }
              repayments:
                key: loan
                time: known
                fields: { loan: string, known: timestamp, bad: boolean }
            models:
              risk:
                on: applications
                trainer: { logistic: { l2: 1 } }
                label: { stream: repayments, key: loan, value: bad }
                features: [income, debt]
            decisions:
              lend:
                on: applications
                model: risk
                outcomes: [{ DECLINE: 0.2 }, { APPROVE: 0 }]
                costs:
                  unit: EUR
                  amount: amount
                  outcomes:
                    APPROVE: { if_true: { share: 0.4 }, if_false: 0 }
                    DECLINE: { if_true: 0, if_false: { share: 0.1 } }
                adverse:
                  outcomes: [DECLINE]
                  reasons:
                    INCOME: { features: [income], en: Income too low, zh: 收入不足 }
                    DEBT: { features: [debt], en: Too much debt, zh: 负债过多 }
                protected: { age: { up_to: 25 } }
            """;

    private static final String GROUPS = """
                group_thresholds:
                  by: age
                  from: { "<=25": 0.3 }
                  justification: Approved by the board on 3 March under section 9, see file 12/2026.
            """;

    private static Stakes stakes(String yaml) {
        return Samples.read(yaml).decision("lend").orElseThrow().stakes();
    }

    private static Fault only(String yaml) {
        ManifestProblem problem =
                catchThrowableOfType(ManifestProblem.class, () -> Manifest.read(yaml.getBytes(StandardCharsets.UTF_8)));
        assertThat(problem).isNotNull();
        assertThat(problem.faults()).hasSize(1);
        return problem.faults().getFirst();
    }

    private static String withoutCosts() {
        return LOANS.substring(0, LOANS.indexOf("    costs:")) + LOANS.substring(LOANS.indexOf("    adverse:"));
    }

    @Test
    void whatIsWrittenIsRead() {
        Stakes stakes = stakes(LOANS);
        CostMatrix costs = requireNonNull(stakes.costs());
        assertThat(requireNonNull(costs.outcomes().get("APPROVE")).ifTrue()).isEqualTo(new CostMatrix.Price(0, 0.4));
        assertThat(costs.threshold("DECLINE", "APPROVE", 1000)).isEqualTo(0.2);
        AdverseAction adverse = requireNonNull(stakes.adverse());
        assertThat(adverse.most()).isEqualTo(4);
        assertThat(adverse.reasons()).extracting(AdverseAction.ReasonText::code).containsExactly("INCOME", "DEBT");
        assertThat(stakes.guarded()).singleElement().satisfies(age -> {
            assertThat(age.group(25L)).isEqualTo("<=25");
            assertThat(age.group(26L)).isEqualTo(">25");
        });
    }

    @Test
    void whatIsReadIsWrittenAgain() {
        for (String yaml : List.of(LOANS, withoutCosts() + GROUPS)) {
            Application read = Samples.read(yaml);
            Application again = Manifest.read(Manifest.write(read));
            assertThat(again).isEqualTo(read);
            assertThat(again.version()).isEqualTo(read.version());
        }
    }

    @Test
    void aBandThatContradictsTheCostsIsRefused() {
        Fault fault = only(LOANS.replace("{ DECLINE: 0.2 }", "{ DECLINE: 0.5 }"));
        assertThat(fault.message()).contains("cheaper from 0.2 on");
    }

    @Test
    void everyOutcomeNeedsAPrice() {
        assertThat(only(LOANS.replace(
                                        "APPROVE: { if_true: { share: 0.4 }, if_false: 0 }",
                                        "MAYBE: { if_true: { share: 0.4 }, if_false: 0 }")
                                .replace(
                                        "        DECLINE: { if_true: 0",
                                        "        APPROVE: 0\n        DECLINE: { if_true: 0"))
                        .path())
                .contains("costs.outcomes");
    }

    @Test
    void aFeatureWithoutAReasonIsRefused() {
        assertThat(only(LOANS.replace("features: [income, debt]", "features: [income, debt, amount]"))
                        .message())
                .isEqualTo("No reason tells of amount.");
    }

    @Test
    void aProtectedFieldIsNoFeature() {
        String yaml = LOANS.replace("features: [income, debt]", "features: [income, debt, age]")
                .replace("features: [debt]", "features: [debt, age]");
        ManifestProblem problem =
                catchThrowableOfType(ManifestProblem.class, () -> Manifest.read(yaml.getBytes(StandardCharsets.UTF_8)));
        assertThat(problem.faults())
                .extracting(Fault::message)
                .containsExactlyInAnyOrder(
                        "'age' is protected, and a feature of model 'risk'.",
                        "'age' is protected and can be no reason.");
    }

    @Test
    void thresholdsOfGroupsMustBeJustified() {
        assertThat(stakes(withoutCosts() + GROUPS).groupThresholds()).isNotNull();
        String unjustified = GROUPS.substring(0, GROUPS.indexOf("      justification"));
        assertThat(only(withoutCosts() + unjustified).message()).contains("justification");
        assertThat(only(withoutCosts() + unjustified + "      justification: fair\n")
                        .message())
                .contains("justification");
    }

    @Test
    void thresholdsOfGroupsAndCostsExcludeEachOther() {
        assertThat(only(LOANS + GROUPS).message()).contains("no effect");
    }

    @Test
    void aRefusalLiesAtOneEnd() {
        assertThat(only(LOANS.replace("outcomes: [DECLINE]", "outcomes: [DECLINE, APPROVE]"))
                        .message())
                .contains("not both");
    }
}
