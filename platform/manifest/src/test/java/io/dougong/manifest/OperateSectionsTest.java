package io.dougong.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.dougong.documents.Fault;
import io.dougong.operate.HealingDefinition;
import io.dougong.operate.MonitorsDefinition;
import io.dougong.operate.Reading.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OperateSectionsTest {

    @Test
    void whatIsWrittenIsRead() {
        Application payments = Samples.read(Samples.payments());
        assertThat(payments.monitors())
                .isEqualTo(new MonitorsDefinition(
                        Duration.ofHours(12),
                        Duration.ofDays(400),
                        Duration.ofMillis(20),
                        Map.of("payments", List.of("country"))));
        HealingDefinition healing = payments.healing().getFirst();
        assertThat(healing.model()).isEqualTo("fraud");
        assertThat(healing.on()).containsExactly(Kind.QUALITY, Kind.DRIFT);
        assertThat(healing.shadowMillis()).isEqualTo(Duration.ofHours(36).toMillis());
        assertThat(healing.fallBack()).isEqualTo("linear");
        assertThat(healing.approval()).isTrue();
    }

    @Test
    void noHealingStartsBecauseDecisionsAreSlow() {
        assertThat(only(Samples.payments("on: [quality, drift]", "on: [latency]"))
                        .advice())
                .doesNotContain("latency");
    }

    @Test
    void withoutAWordThereAreTheUsualMonitorsAndNoHealing() {
        String yaml = Samples.payments().substring(0, Samples.payments().indexOf("monitors:"));
        Application payments = Samples.read(yaml);
        assertThat(payments.monitors()).isEqualTo(MonitorsDefinition.USUAL);
        assertThat(payments.healing()).isEmpty();
    }

    @Test
    void aModelThatIsNotThereIsNamedWithItsPlace() {
        Fault fault = only(Samples.payments("fall_back: linear", "fall_back: lineer"));
        assertThat(fault.message()).isEqualTo("There is no model 'lineer'.");
        assertThat(fault.advice()).contains("linear");
        assertThat(fault.path()).isEqualTo("healing.fraud.fall_back");
        assertThat(fault.line()).isGreaterThan(100);
    }

    @Test
    void aModelCannotFallBackToItself() {
        assertThat(only(Samples.payments("fall_back: linear", "fall_back: fraud"))
                        .message())
                .isEqualTo("A model cannot fall back to itself.");
    }

    @Test
    void aGroupMustBeATextField() {
        assertThat(only(Samples.payments("groups: { payments: [country] }", "groups: { payments: [amount] }"))
                        .path())
                .isEqualTo("monitors.groups.payments[0]");
    }

    @Test
    void aKindOfAlarmThatIsNotThereIsNamed() {
        assertThat(only(Samples.payments("on: [quality, drift]", "on: [qualty]"))
                        .advice())
                .contains("quality");
    }

    @Test
    void aChangeOfMonitorsIsPlannedAsOne() {
        Application before = Samples.read(Samples.payments());
        Application after = Samples.read(Samples.payments("probation: 5d", "probation: 6d"));
        Plan plan = Plan.between(Optional.of(before), after);
        assertThat(plan.text()).contains("monitors and healing follow the new definition from now on");
    }

    private static Fault only(String yaml) {
        List<Fault> faults = Samples.faults(yaml);
        assertThat(faults).hasSize(1);
        return faults.getFirst();
    }
}
