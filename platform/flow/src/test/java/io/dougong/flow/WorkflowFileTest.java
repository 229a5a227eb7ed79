package io.dougong.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Workflow files: what they mean, and what is said of mistakes. */
class WorkflowFileTest {

    private static final String GOOD = """
            workflow: nightly
            description: Trains every night.
            parameters:
              day: { type: text }
              rows: { type: whole, default: 1000 }
            strategy: sequential
            on_failure: at_once
            steps:
              load:
                script:
                  - ./load.sh ${DAY}
                  - wc -l data.csv
                timeout: 10m
                retry: { platform: { times: 5, backoff: 2s } }
              sweep:
                foreach: "[0.1, 0.3]"
                as: rate
                at_once: 2
                steps:
                  fit: { task: { name: fit, with: { rate: "${{ rate }}", rows: "${{ params.rows }}" } } }
              both:
                needs: [load]
                parallel:
                  left: { script: echo left }
                  right: { script: echo right, may_fail: true }
              gate:
                branch:
                  - when: steps.sweep.outputs.results.exists(r, r.auc > 0.8)
                    steps: { ask: { approval: "Deploy?", timeout: 24h } }
                  - steps: { stop: { script: "exit 1" } }
              poll:
                while: "iteration == 0 || !last.ready"
                most: 100
                steps: { look: { script: ./look.sh } }
              arrived: { wait: data-ready, keys: { day: "${{ params.day }}" } }
              deploy: { call: deploy, parameters: { day: "${{ params.day }}" } }
              alert: { script: ./alert.sh, needs: [deploy], on: failure, undo: { script: "./unalert.sh" } }
            """;

    private final WorkflowFile files = new WorkflowFile(List.of(
            new ScriptKind(Path.of("."), Path.of("scratch")),
            StepKind.tasks(Map.of("fit", (_, _) -> StepOutcome.done()))));

    private Workflow read(String yaml) {
        return files.read(yaml.getBytes(StandardCharsets.UTF_8));
    }

    private String mistakes(String yaml) {
        FlowProblem.Faulty faulty = catchThrowableOfType(FlowProblem.Faulty.class, () -> read(yaml));
        return faulty == null
                ? ""
                : String.join(
                        "\n",
                        faulty.faults().stream()
                                .map(io.dougong.documents.Fault::text)
                                .toList());
    }

    @Test
    void aFileAndItsJournalledFormAreTheSameWorkflow() {
        Workflow workflow = read(GOOD);
        assertThat(WorkflowFile.recorded(new Definition(workflow).document())).isEqualTo(workflow);
        assertThat(files.check(workflow)).isEmpty();
    }

    @Test
    void aFileMeansWhatItSays() {
        Workflow workflow = read(GOOD);
        assertThat(workflow.strategy().mode()).isEqualTo(Workflow.Strategy.Mode.SEQUENTIAL);
        assertThat(workflow.parameters().get("rows")).isEqualTo(Parameter.of(Parameter.Type.WHOLE, 1000));
        Step.Work load = (Step.Work) workflow.steps().getFirst();
        assertThat(load.settings()).isEqualTo(Map.of("run", List.of("./load.sh ${DAY}", "wc -l data.csv")));
        assertThat(load.timeout()).contains(Duration.ofMinutes(10));
        assertThat(load.retries().platform().times()).isEqualTo(5);
        assertThat(load.retries().user()).isEqualTo(Retry.NEVER);
        Step.Foreach sweep = (Step.Foreach) workflow.steps().get(1);
        assertThat(sweep.parallel()).isEqualTo(2);
        Step.Work alert = (Step.Work) workflow.steps().getLast();
        assertThat(alert.undo()).isEqualTo(Optional.of(new Step.Undo("script", Map.of("run", "./unalert.sh"))));
    }

    @Test
    void mistakesAreToldByLineAndColumnWithTheNearName() {
        assertThat(mistakes("""
                        workflow: nightly
                        stepps:
                          a: { script: echo }
                        """)).isEqualTo("2:1 stepps: Unknown key 'stepps'. Did you mean 'steps'?");
        assertThat(mistakes("""
                        workflow: nightly
                        steps:
                          load: { script: echo }
                          train: { scirpt: echo, needs: [lod] }
                        """)).isEqualTo("4:12 steps.train.scirpt: Unknown key 'scirpt'. Did you mean 'script'?");
        assertThat(mistakes("""
                        workflow: nightly
                        steps:
                          load: { script: echo }
                          train: { script: echo, needs: [lod] }
                          tell: { script: "echo ${{ steps.trian.outputs.x }} ${{ parms.x }}", when: "1 +" }
                        """))
                .contains("4:34 steps.train.needs[0]: There is no step 'lod' beside this one. Did you mean 'load'?")
                .contains("5:19 steps.tell.script: There is no step 'trian' here. Did you mean 'train'?")
                .contains("There is nothing called 'parms' here. Did you mean 'params'?")
                .contains("5:77 steps.tell.when: This is no expression");
    }

    @Test
    void stepsThatWaitForEachOtherAreNamed() {
        assertThat(mistakes("""
                        workflow: circle
                        steps:
                          a: { script: echo, needs: [c] }
                          b: { script: echo, needs: [a] }
                          c: { script: echo, needs: [b] }
                        """))
                .isEqualTo("3:3 steps.a: These steps wait for each other: a, b, c. Take one of the needs away.");
    }

    @Test
    void aTaskNobodyHasIsAMistakeAndSoIsAWrongDefault() {
        assertThat(mistakes("""
                        workflow: tasks
                        parameters: { n: { type: whole, default: many } }
                        steps:
                          a: { task: { name: fitt } }
                        """)).contains("Did you mean 'fit'?");
        assertThat(mistakes("""
                        workflow: tasks
                        parameters: { n: { type: whole, default: many } }
                        steps:
                          a: { task: { name: fit } }
                        """)).isEqualTo("2:42 parameters.n.default: Expected a whole number, found 'many'.");
    }

    @Test
    void theSchemaNamesEveryKindAndKey() {
        String schema = new String(files.schema(), StandardCharsets.UTF_8);
        assertThat(schema).contains("\"#/$defs/step\"", "\"foreach\"", "\"script\"", "\"approval\"", "\"on_failure\"");
    }
}
