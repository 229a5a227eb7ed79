package io.dougong.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dougong.kernel.Json;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTest {

    private final Application payments = Samples.read(Samples.payments());

    private Plan to(String old, String young) {
        return Plan.between(Optional.of(payments), Samples.read(Samples.payments(old, young)));
    }

    @Test
    void nothingChangesBetweenEqualApplications() {
        Plan plan = Plan.between(Optional.of(payments), Samples.read("# another comment\n" + Samples.payments()));
        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.text()).isEqualTo("Nothing changes.\n");
    }

    @Test
    void theFirstPlanAddsStreamsBeforeViewsBeforeModelsBeforeDecisions() {
        assertThat(Plan.between(Optional.empty(), payments).text()).isEqualTo("""
                + stream payments
                    → its log is opened
                + stream verdicts
                    → its log is opened
                + feature view card_payments
                    → its state is built from the log
                + feature view card_frauds
                    → its state is built from the log
                + model fraud
                    → a version must be trained before it can serve
                + model linear
                    → a version must be trained before it can serve
                + model bought
                    → a version must be trained before it can serve
                + decision hold
                    → it decides once its model has a champion
                """);
    }

    @Test
    void removalsGoTheOtherWayRound() {
        Application small =
                Samples.read(Samples.payments().substring(0, Samples.payments().indexOf("features:")));
        Application watchedAsUsual =
                Samples.read(Samples.payments().substring(0, Samples.payments().indexOf("monitors:")));
        assertThat(Plan.between(Optional.of(watchedAsUsual), small).changes())
                .extracting(change -> change.part() + " " + change.name())
                .containsExactly(
                        "DECISION hold",
                        "MODEL fraud",
                        "MODEL linear",
                        "MODEL bought",
                        "VIEW card_payments",
                        "VIEW card_frauds");
    }

    @Test
    void aChangedDerivedFieldRebuildsTheViewsAndRetrainsTheModelsThatUseIt() {
        assertThat(to("above: 1000", "above: 2000").text()).isEqualTo("""
                ~ stream payments
                    derived.high.above: 1000 → 2000
                    → events stored before keep their form; new ones follow the new schema
                ~ feature view card_payments (because of stream payments)
                    → its state is rebuilt from the log
                ~ model fraud (because of stream payments, feature view card_payments)
                    → it must be trained again; versions trained before do not fit the new definition
                ~ model linear (because of stream payments)
                    → it must be trained again; versions trained before do not fit the new definition
                ~ decision hold (because of model fraud)
                    → it uses the new version of its model once that has passed its gates
                """);
    }

    @Test
    void aViewThatGainsAWindowLeavesModelsAloneThatNameTheirFeatures() {
        Plan plan = to("windows: [30d]", "windows: [7d, 30d]");
        assertThat(plan.changes())
                .extracting(change -> change.part() + " " + change.name())
                .containsExactly("VIEW card_frauds");
    }

    @Test
    void newGatesNeedNoTraining() {
        assertThat(to("at_least: 0.8", "at_least: 0.9").text()).isEqualTo("""
                ~ model fraud
                    gates: [{ auc: { at_least: 0.8 } }, { review_rate: { at_most: 0.1 } }] → [{ auc: { at_least: 0.9 } }, { review_rate: { at_most: 0.1 } }]
                    → the new gates hold for the next evaluation; no training is needed
                """);
    }

    @Test
    void anotherDescriptionChangesOnlyWords() {
        assertThat(to("One event per payment", "An event per payment").changes())
                .singleElement()
                .satisfies(change -> assertThat(change.consequences()).containsExactly(Consequence.DESCRIBES));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            key: id                             | key: country                          | The key changes from id to country
            partitions: 4                       | partitions: 5                         | The number of partitions changes from 4 to 5
            limit: number                       | limit: integer                        | Field 'limit' changes from number to integer
            limit: number                       | limit: number, extra: string          | Field 'extra' is new and required
            items: { type: integer, optional: true, | items: { type: integer,           | Field 'items' becomes required
            """)
    void aStreamWhoseLogCouldNotBeReadAnyMoreIsRefused(String old, String young, String reason) {
        Plan plan = to(old.strip(), young.strip().replace(", extra", "\n      extra"));
        assertThat(plan.refusals()).anySatisfy(refusal -> assertThat(refusal).contains(reason));
        assertThat(plan.text()).contains("! refused: ", reason).endsWith("This cannot be applied.\n");
        assertThatThrownBy(plan::orRefuse)
                .isInstanceOf(ManifestProblem.Refused.class)
                .hasMessageContaining(reason);
    }

    @Test
    void aRemovedFieldIsRefused() {
        assertThat(to("      online: boolean\n", "").refusals())
                .containsExactly(
                        "Stream 'payments': Field 'online' is removed, but stored events have it: keep it, or make it optional.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            limit: number   | limit: { type: number, optional: true } | EXTENDS_EVENTS
            lateness: 5m    | lateness: 6m                            | CHANGES_LATENESS
            age: 90d        | age: 80d                                | CHANGES_RETENTION
            """)
    void aCompatibleStreamChangeIsAllowed(String old, String young, Consequence consequence) {
        Plan plan = to(old, young);
        assertThat(plan.refusals()).isEmpty();
        assertThat(plan.orRefuse().changes().getFirst().consequences()).containsExactly(consequence);
    }

    @Test
    void anotherLatenessRebuildsStateButTrainsNothing() {
        assertThat(to("lateness: 5m", "lateness: 6m").changes())
                .extracting(change -> change.part() + " " + change.name())
                .containsExactly("STREAM payments", "VIEW card_payments");
    }

    @Test
    void anotherApplicationIsRefused() {
        assertThat(to("application: payments", "application: refunds").refusals())
                .containsExactly("Application 'payments' runs here; 'refunds' is another one.");
    }

    @Test
    void theJsonFormSaysTheSame() {
        var json = Json.tree(to("at_least: 0.8", "at_least: 0.9").json());
        assertThat(json.at("/changes/0/change").asText()).isEqualTo("changed");
        assertThat(json.at("/changes/0/part").asText()).isEqualTo("model");
        assertThat(json.at("/changes/0/name").asText()).isEqualTo("fraud");
        assertThat(json.at("/changes/0/consequences/0/effect").asText()).isEqualTo("changes_gates");
        assertThat(json.at("/changes/0/differences/0/path").asText()).isEqualTo("gates");
        assertThat(json.at("/refusals").isEmpty()).isTrue();
    }

    @Test
    void aPlanAppliedLeavesNothingToDo() {
        Map<String, String> edits =
                Map.of("l2: 0.5", "l2: 0.7", "windows: [10m, 1d]", "windows: [10m]", "seed: 3", "seed: 4");
        edits.forEach((old, young) -> {
            Application wanted = Samples.read(Samples.payments(old, young));
            assertThat(Plan.between(Optional.of(payments), wanted).isEmpty()).isFalse();
            assertThat(Plan.between(Optional.of(wanted), wanted).isEmpty()).isTrue();
        });
    }
}
