package io.dougong.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.dougong.learn.TrainerDefinition;
import io.dougong.models.Task;
import io.dougong.serving.DecisionDefinition;
import io.dougong.serving.DecisionDefinition.OutcomeBand;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Models of several classes and of numbers, and the decisions over them. */
class TasksTest {

    private static final String BIRDS = """
            application: birds
            streams:
              seen:
                key: id
                time: at
                fields: { id: string, at: timestamp, bill: number }
              known:
                key: id
                time: at
                fields: { id: string, at: timestamp, species: string, ring: integer, mass: number }
            models:
              species:
                on: seen
                task: multiclass
                trainer: { xgboost: {} }
                label: { stream: known, key: id, value: species }
                features: [bill]
                gates: [{ accuracy: { at_least: 0.8 } }]
              mass:
                on: seen
                task: regression
                trainer: { logistic: {} }
                label: { stream: known, key: id, value: mass }
                features: [bill]
                gates: [{ rmse: { at_most: 40000000 } }]
            decisions:
              name:
                on: seen
                model: species
                outcomes: [Adelie, Chin strap, "7"]
                abstain: { coverage: 0.9 }
              weigh:
                on: seen
                model: mass
                outcomes: [{ HEAVY: 4500.5 }, { USUAL: -1 }, LIGHT]
                abstain: { coverage: 0.9, widest: 900 }
            """;

    private static String birds(String old, String young) {
        assertThat(BIRDS).contains(old);
        return BIRDS.replace(old, young);
    }

    @Test
    void classesAndBandsOfValuesAreRead() {
        Application application = Samples.read(BIRDS);

        assertThat(application.model("species").orElseThrow().label().task()).isEqualTo(Task.MULTICLASS);
        assertThat(application.decision("name").orElseThrow().outcomes())
                .containsExactly(OutcomeBand.named("Adelie"), OutcomeBand.named("Chin strap"), OutcomeBand.named("7"));
        assertThat(application.decision("weigh").orElseThrow().outcomes())
                .containsExactly(
                        new OutcomeBand("HEAVY", 4500.5), new OutcomeBand("USUAL", -1), OutcomeBand.named("LIGHT"));
        assertThat(application.decision("weigh").orElseThrow().abstention())
                .extracting(DecisionDefinition.Abstention::widest)
                .isEqualTo(900.0);
    }

    @Test
    void whatIsWrittenReadsBackEqual() {
        Application application = Samples.read(BIRDS);
        String written = new String(Manifest.write(application), StandardCharsets.UTF_8);
        assertThat(Samples.read(written)).isEqualTo(application);
        assertThat(written).contains("task: multiclass", "task: regression");
    }

    @Test
    void aModelOfTwoClassesSaysNoTask() {
        String written = new String(Manifest.write(Samples.read(Samples.payments())), StandardCharsets.UTF_8);
        assertThat(written).doesNotContain("task:");
    }

    @Test
    void aLabelThatDoesNotFitTheTaskIsNamed() {
        assertThat(Samples.faults(birds("value: species", "value: mass")))
                .extracting(Fault::text)
                .anyMatch(text -> text.contains("Field 'mass' is of type number, expected"));
    }

    @Test
    void wholeNumbersMayBeClasses() {
        assertThat(Samples.faults(birds("value: species", "value: ring"))).isEmpty();
    }

    @Test
    void outcomesThatDoNotFitTheTaskAreNamedWithAdvice() {
        assertThat(Samples.faults(birds("[Adelie, Chin strap, \"7\"]", "[{ Adelie: 0.5 }, Gentoo]")))
                .extracting(Fault::text)
                .singleElement()
                .asString()
                .contains("one of several classes", "Write the name of the class alone: - Adelie");
        assertThat(Samples.faults(birds(", LIGHT]", ", { LIGHT: -5 }]")))
                .extracting(Fault::text)
                .singleElement()
                .asString()
                .contains("The last outcome 'LIGHT' takes every lower value", "- LIGHT");
        assertThat(Samples.faults(birds("{ USUAL: -1 }", "USUAL")))
                .extracting(Fault::text)
                .singleElement()
                .asString()
                .contains("'USUAL' says no value from which it is taken");
        assertThat(Samples.faults(Samples.payments("{ HOLD: 0.5 }", "HOLD")))
                .extracting(Fault::text)
                .singleElement()
                .asString()
                .contains("'HOLD' says no probability from which it is taken");
        assertThat(Samples.faults(Samples.payments("{ BLOCK: 0.9 }", "{ BLOCK: 9 }")))
                .extracting(Fault::text)
                .singleElement()
                .asString()
                .contains("'BLOCK' starts at 9, but a probability is from 0 and below 1");
    }

    @Test
    void onlyANumberHasAWidestInterval() {
        assertThat(Samples.faults(birds("abstain: { coverage: 0.9 }", "abstain: { coverage: 0.9, widest: 2 }")))
                .extracting(Fault::text)
                .singleElement()
                .asString()
                .contains("predicts a class, which has no interval");
    }

    @Test
    void aGateThatTheTaskDoesNotMeasureIsRefusedWhereItStands() {
        Fault fault = Samples.faults(birds("{ rmse: { at_most: 40000000 } }", "{ auc: { at_least: 0.7 } }"))
                .getFirst();

        assertThat(fault.line()).isEqualTo(25);
        assertThat(fault.column()).isEqualTo(13);
        assertThat(fault.text())
                .contains("A gate on auc does not fit task 'regression'", "It measures rmse, mae, r2, coverage");
        assertThat(Samples.faults(birds("{ accuracy: { at_least: 0.8 } }", "{ brier: { at_most: 0.2 } }")))
                .extracting(Fault::text)
                .singleElement()
                .asString()
                .contains("A gate on brier does not fit task 'multiclass'", "accuracy, macro_f1");
    }

    @Test
    void rowsAreWeighedForTwoClassesOnly() {
        assertThat(Samples.faults(
                        birds("gates: [{ accuracy: { at_least: 0.8 } }]", "weighting: { rejects: { factor: 1.5 } }")))
                .extracting(Fault::text)
                .singleElement()
                .asString()
                .contains("two classes only", "Leave 'weighting' out");
    }

    @Test
    void aTunedTrainerSaysHowMuchItTries() {
        Application application =
                Samples.read(birds("{ xgboost: {} }", "{ tuned: { candidates: 3, monotone: { bill: rising } } }"));

        assertThat(application.model("species").orElseThrow().trainer())
                .isEqualTo(new TrainerDefinition.Tuned(3, 5, Map.of("bill", 1)));
        assertThat(Samples.read(new String(Manifest.write(application), StandardCharsets.UTF_8)))
                .isEqualTo(application);
        assertThat(Samples.faults(birds("{ xgboost: {} }", "{ tuned: { monotone: { bil: rising } } }")))
                .extracting(Fault::text)
                .anyMatch(text -> text.contains("'bil' is not a feature of this model") && text.contains("bill"));
    }
}
