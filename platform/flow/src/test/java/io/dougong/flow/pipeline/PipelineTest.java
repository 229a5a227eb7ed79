package io.dougong.flow.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dougong.documents.Fault;
import io.dougong.flow.FlowProblem;
import io.dougong.flow.StepOutcome;
import io.dougong.flow.StepStatus;
import io.dougong.flow.embedded.SqliteJournal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pipeline files from reading to the end of a run. */
class PipelineTest {

    @TempDir
    Path folder = Path.of("");

    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

    private final PipelineRun.Listener listener = new PipelineRun.Listener() {
        @Override
        public void began(Pipeline.Job job, int attempt) {}

        @Override
        public void line(Pipeline.Job job, String line) {
            lines.add(job.name() + ": " + line);
        }

        @Override
        public void ended(Pipeline.Job job, StepOutcome outcome, long millis) {}
    };

    private record Results(Map<String, PipelineRun.JobResult> all) {

        PipelineRun.JobResult get(String job) {
            return java.util.Objects.requireNonNull(all.get(job));
        }
    }

    private static Pipeline read(String yaml) {
        return PipelineFile.read(yaml.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> mistakes(String yaml) {
        FlowProblem.Faulty faulty = catchThrowableOfType(FlowProblem.Faulty.class, () -> read(yaml));
        return faulty == null
                ? List.of()
                : faulty.faults().stream().map(Fault::text).toList();
    }

    private Results run(String yaml, String branch, boolean isolated) {
        try {
            Path project = folder.resolve("project");
            Path _ = java.nio.file.Files.createDirectories(project);
            Map<String, String> given = PipelineRun.environment(project, branch);
            PipelinePlan plan = new PipelinePlan(read(yaml), given, Set.of(), project);
            var settings = new PipelineRun.Settings(project, folder.resolve("home"), isolated, 4, SqliteJournal::own);
            Results results = new Results(new LinkedHashMap<>());
            try (PipelineRun run = PipelineRun.open(plan, settings, listener)) {
                PipelineRun.Result result = run.await();
                result.jobs().forEach(job -> results.all().put(job.name(), job));
                lines.add("passed " + result.passed());
            }
            return results;
        } catch (InterruptedException | java.io.IOException broken) {
            throw new AssertionError(broken);
        }
    }

    @Test
    void stagesFollowEachOtherAndArtifactsFlowAlsoWhereNothingElseDoes() {
        String yaml = """
                stages: [make, empty, use]
                make:
                  variables: { WHAT: hello }
                  script: [ "echo $WHAT > out.txt", "echo secret > scratch.txt" ]
                  artifacts: { paths: ["*.txt"], exclude: [scratch.txt] }
                use:
                  script: [ "test ! -e scratch.txt", "cat out.txt" ]
                """;
        Results results = run(yaml, "main", true);
        assertThat(results.all().values()).allMatch(job -> job.status() == StepStatus.DONE);
        assertThat(lines).contains("use: hello", "passed true");
        assertThat(results.get("make").artifacts().orElseThrow().resolve("out.txt"))
                .exists();
    }

    @Test
    void rulesDecideByBranchAndSayWhyNot() {
        String yaml = """
                stages: [test, deploy]
                unit: { stage: test, script: echo unit }
                deploy:
                  script: echo deploy
                  rules:
                    - if: $CI_COMMIT_BRANCH == "main" || ($CI_COMMIT_BRANCH =~ /^release-/ && $GO != "no")
                """;
        assertThat(run(yaml, "main", false).get("deploy").status()).isEqualTo(StepStatus.DONE);
        assertThat(run(yaml, "release-7", false).get("deploy").status()).isEqualTo(StepStatus.DONE);
        PipelineRun.JobResult skipped = run(yaml, "dev", false).get("deploy");
        assertThat(skipped.status()).isEqualTo(StepStatus.SKIPPED);
        assertThat(skipped.reason())
                .startsWith("no rule matches: ")
                .contains("$CI_COMMIT_BRANCH is \"dev\"", "$GO is not set");
    }

    @Test
    void whatNeedsAJobThatDoesNotRunDoesNotRunEither() {
        String yaml = """
                stages: [deploy, watch, last]
                deploy: { script: echo deploy, rules: [{ if: $CI_COMMIT_BRANCH == "main" }] }
                watch: { script: echo watch, needs: [deploy] }
                last: { script: echo last, needs: [{ job: watch, optional: true }] }
                """;
        Results results = run(yaml, "dev", false);
        assertThat(results.get("watch").reason()).isEqualTo("needs deploy, which does not run");
        assertThat(lines).contains("last: last").doesNotContain("watch: watch");
    }

    @Test
    void aManualJobThatMayNotFailHoldsUpWhatComesAfterIt() {
        String yaml = """
                stages: [ask, after]
                ask: { script: echo ask, when: manual, allow_failure: false }
                after: { script: echo after }
                """;
        assertThat(run(yaml, "main", false).get("after").reason())
                .isEqualTo("comes after ask, which waits for a person");
    }

    @Test
    void aFailureStopsLaterStagesButNotItsNeighboursAndWhatIsForFailures() {
        String yaml = """
                stages: [one, two]
                bad: { stage: one, script: exit 3 }
                lenient: { stage: one, script: exit 4, allow_failure: true }
                good: { stage: one, script: echo fine }
                next: { stage: two, script: echo never }
                alert: { stage: two, script: echo alert, when: on_failure }
                independent: { stage: two, script: echo free, needs: [good] }
                """;
        Results results = run(yaml, "main", false);
        assertThat(results.get("bad").reason()).isEqualTo("exit code 3");
        assertThat(results.get("next").reason()).isEqualTo("bad failed");
        assertThat(lines)
                .contains("good: fine", "alert: alert", "independent: free", "passed false")
                .doesNotContain("next: never");
        assertThat(results.get("lenient").mayFail()).isTrue();
    }

    @Test
    void defaultsTemplatesAnchorsAndRetriesAreTaken() {
        String yaml = """
                default: { before_script: [ "echo before" ], retry: 1 }
                .base: &base
                  variables: { A: 1, B: 2 }
                  after_script: [ "echo after" ]
                build:
                  extends: .base
                  variables: { B: 3 }
                  script: [ "echo $A$B", "test -e marker || { touch marker; exit 1; }" ]
                test:
                  <<: *base
                  script: echo $A$B
                """;
        Results results = run(yaml, "main", false);
        assertThat(results.get("build").attempts()).isEqualTo(2);
        assertThat(lines).contains("build: before", "build: 13", "build: after", "test: 12", "passed true");
    }

    @Test
    void mistakesAreToldByLineAndColumnWithTheNearName() {
        assertThat(mistakes("""
                        stages: [train, deploy]
                        train: { scirpt: echo }
                        deploy: { stage: deply, script: echo, needs: [trian] }
                        """))
                .containsExactly(
                        "2:10 train.scirpt: Unknown key 'scirpt'. Did you mean 'script'?",
                        "3:18 deploy.stage: There is no stage 'deply'. Did you mean 'deploy'?",
                        "3:47 deploy.needs[0]: There is no job 'trian'. Did you mean 'train'?");
        assertThat(mistakes("stagess: [a]\na: { script: echo }\n"))
                .contains("1:1 stagess: Unknown key 'stagess'. Did you mean 'stages'?");
        assertThat(mistakes("build: { script: echo, rules: [{ if: '$A = \"b\"' }] }"))
                .singleElement()
                .asString()
                .contains("1:38 build.rules[0].if")
                .contains("'=' is not understood here");
        assertThat(mistakes("build: { script: echo, needs: [test] }\ntest: { script: echo, needs: [build] }"))
                .first()
                .asString()
                .contains("These jobs wait for each other: build needs test");
    }
}
