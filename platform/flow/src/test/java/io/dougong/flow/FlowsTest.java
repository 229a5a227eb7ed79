package io.dougong.flow;

import static io.dougong.flow.Workshop.echo;
import static io.dougong.flow.Workshop.fail;
import static io.dougong.flow.Workshop.note;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each kind of step does, and what a failure does to the others. */
class FlowsTest {

    @TempDir
    Path folder = Path.of("");

    private Workshop shop;

    @BeforeEach
    void open() {
        shop = new Workshop(folder);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private static Map<String, Object> outputs(RunView run, String path) {
        return run.step(path).orElseThrow().outputs();
    }

    private static StepStatus status(RunView run, String path) {
        return run.step(path).orElseThrow().status();
    }

    @Test
    void stepsFollowEachOtherAndReadWhatWasGiven() {
        Workflow workflow = Workflow.of(
                        "chain",
                        echo("first", Map.of("n", "${{ params.n + 1 }}", "text", "n is ${{ params.n }}")),
                        echo("second", Map.of("doubled", "${{ steps.first.outputs.n * 2 }}")))
                .with(Map.of("n", Parameter.of(Parameter.Type.WHOLE, 3)));
        RunView run = shop.run(workflow);
        assertThat(run.run().status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(outputs(run, "first")).containsExactlyInAnyOrderEntriesOf(Map.of("n", 4L, "text", "n is 3"));
        assertThat(outputs(run, "second")).containsEntry("doubled", 8L);
        assertThat(outputs(shop.run(workflow, Map.of("n", 10)), "second")).containsEntry("doubled", 22L);
    }

    @Test
    void parametersAreHeldAgainstTheirTypes() {
        Workflow workflow =
                Workflow.of("typed", note("a")).with(Map.of("rate", Parameter.required(Parameter.Type.NUMBER)));
        assertThatThrownBy(() -> shop.run(workflow)).hasMessage("The parameter 'rate' is missing.");
        assertThatThrownBy(() -> shop.run(workflow, Map.of("rate", "high")))
                .hasMessage("The parameter 'rate' must be a number, not 'high'.");
        assertThatThrownBy(() -> shop.run(workflow, Map.of("rat", 1)))
                .extracting(problem -> ((FlowProblem) problem).advice())
                .isEqualTo("Did you mean 'rate'?");
        assertThat(shop.flows.runs(Journal.Query.newest(5))).isEmpty();
    }

    @Test
    void theSameStartIsTheSameRun() {
        Workflow workflow = Workflow.of("once", note("a"));
        String first = shop.flows.start(workflow, Start.plain().key("nightly 2026-11-25"));
        RunView _ = shop.end(first);
        assertThat(shop.flows.start(workflow, Start.plain().key("nightly 2026-11-25")))
                .isEqualTo(first);
        assertThat(shop.log).containsExactly("a");
    }

    @Test
    void foreachKeepsTheOrderOfItsItemsAndItsLimit() {
        java.util.concurrent.atomic.AtomicInteger now = new java.util.concurrent.atomic.AtomicInteger();
        java.util.concurrent.atomic.AtomicInteger most = new java.util.concurrent.atomic.AtomicInteger();
        shop.task("square", (_, input) -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            long x = (Long) java.util.Objects.requireNonNull(input.get("x"));
            Thread.yield();
            now.decrementAndGet();
            return StepOutcome.done(Map.of("y", x * x));
        });
        Step each = new Step.Foreach(
                Step.Head.of("all"),
                "[1, 2, 3, 4, 5, 6, 7, 8, 9]",
                "x",
                3,
                List.of(Step.task("square", "square", Map.of("x", "${{ x }}"))));
        Step sum = echo("sum", Map.of("ys", "${{ steps.all.outputs.results.map(r, r.y) }}"));
        RunView run = shop.run(Workflow.of("squares", each, sum));
        assertThat(outputs(run, "sum").get("ys")).isEqualTo(List.of(1L, 4L, 9L, 16L, 25L, 36L, 49L, 64L, 81L));
        assertThat(most.get()).isLessThanOrEqualTo(3);
        assertThat(status(run, "all[8].square")).isEqualTo(StepStatus.DONE);
    }

    @Test
    void whileGoesOnAsLongAsItsConditionHoldsAndNoLonger() {
        Step loop = Step.repeat(
                "grow",
                "iteration == 0 || last.n < 20",
                10,
                echo("double", Map.of("n", "${{ iteration == 0 ? 1 : last.n * 3 }}")));
        assertThat(outputs(shop.run(Workflow.of("loop", loop)), "grow")).containsEntry("n", 27L);
        Step endless = Step.repeat("endless", "true", 4, note("again"));
        RunView run = shop.run(Workflow.of("endless", endless));
        assertThat(run.run().status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.step("endless").orElseThrow().reason()).contains("still holds after 4 rounds");
        assertThat(shop.log).hasSize(4);
    }

    @Test
    void branchTakesTheFirstArmThatHolds() {
        Step branch = Step.branch(
                "choose",
                new Step.Arm("params.n > 100", List.of(note("big"))),
                new Step.Arm("params.n > 10", List.of(note("middle"))),
                new Step.Arm("", List.of(note("small"))));
        Workflow workflow =
                Workflow.of("branching", branch).with(Map.of("n", Parameter.required(Parameter.Type.WHOLE)));
        for (int n : new int[] {200, 50, 1}) {
            RunView _ = shop.run(workflow, Map.of("n", n));
        }
        assertThat(shop.log).containsExactly("choose.big", "choose.middle", "choose.small");
    }

    @Test
    void aStepMayPlanWhatFollowsAndPlanAgain() {
        shop.task("think", (context, input) -> {
            long depth = (Long) java.util.Objects.requireNonNull(input.get("depth"));
            return depth == 0
                    ? StepOutcome.done(Map.of("answer", 42))
                    : new StepOutcome.Plan(
                            Map.of("planned", depth),
                            List.of(note("look"), Step.task("think", "think", Map.of("depth", depth - 1))));
        });
        RunView run = shop.run(Workflow.of("agent", Step.task("think", "think", Map.of("depth", 2)), note("after")));
        assertThat(run.run().status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(shop.log).containsExactly("think.look", "think.think.look", "after");
        assertThat(outputs(run, "think.think.think")).containsEntry("answer", 42L);
    }

    @Test
    void aFailureLeavesOutWhatNeedsItAndRunsWhatIsForFailures() {
        Workflow workflow = Workflow.of(
                "failing",
                fail("train"),
                note("deploy"),
                note("alert").with(Step.Head.of("alert").needs("train").on(Step.On.FAILURE)),
                note("clean").with(Step.Head.of("clean").on(Step.On.ALWAYS)));
        RunView run = shop.run(workflow);
        assertThat(run.run().status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.step("train").orElseThrow().reason()).isEqualTo("IllegalArgumentException: as told");
        assertThat(run.step("deploy").orElseThrow().reason()).isEqualTo("train failed");
        assertThat(shop.log).containsExactly("train#1", "alert", "clean");
    }

    @Test
    void whatMayFailDoesNotStopTheRun() {
        Workflow workflow =
                Workflow.of("lenient", fail("lint").with(Step.Head.of("lint").thatMayFail()), note("build"));
        RunView run = shop.run(workflow);
        assertThat(run.run().status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(status(run, "lint")).isEqualTo(StepStatus.FAILED);
        assertThat(status(run, "build")).isEqualTo(StepStatus.DONE);
    }

    @Test
    void atOnceCancelsWhatRuns() {
        shop.task("hang", (context, _) -> {
            new java.util.concurrent.CountDownLatch(1).await();
            return StepOutcome.done();
        });
        Workflow workflow = Workflow.of(
                        "hurry",
                        Step.parallel("both", Step.task("hang", "hang", Map.of()), fail("fails")),
                        note("after"))
                .with(Workflow.OnFailure.AT_ONCE);
        RunView run = shop.run(workflow);
        assertThat(run.run().status()).isEqualTo(RunStatus.FAILED);
        assertThat(status(run, "both.hang")).isEqualTo(StepStatus.CANCELLED);
        assertThat(status(run, "after")).isEqualTo(StepStatus.SKIPPED);
    }

    @Test
    void eachKindOfFailureHasItsOwnRetries() {
        Retry.Policies policies = new Retry.Policies(
                Retry.NEVER, Retry.times(3, Duration.ofMillis(1)), Retry.times(1, Duration.ofMillis(1)));
        shop.task("shaky", (context, _) -> {
            shop.log.add("try " + context.attempt() + " " + context.idempotencyKey());
            return context.attempt() < 4
                    ? StepOutcome.failed(StepOutcome.Failure.PLATFORM, "no connection")
                    : StepOutcome.done();
        });
        RunView run = shop.run(
                Workflow.of("retries", Step.task("a", "shaky", Map.of()).with(policies)));
        assertThat(run.run().status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(run.step("a").orElseThrow().attempt()).isEqualTo(4);
        assertThat(shop.log).hasSize(4);
        assertThat(shop.log.stream().map(line -> line.split(" ")[2]).distinct()).hasSize(1);
        shop.log.clear();
        RunView refused =
                shop.run(Workflow.of("user", Step.task("a", "fail", Map.of()).with(policies)));
        assertThat(refused.run().status()).isEqualTo(RunStatus.FAILED);
        assertThat(shop.log).containsExactly("a#1");
    }

    @Test
    void whatTakesTooLongIsCutOffAndCountsAsATimeOut() {
        shop.task("hang", (context, _) -> {
            shop.log.add("hang " + context.attempt());
            new java.util.concurrent.CountDownLatch(1).await();
            return StepOutcome.done();
        });
        Retry.Policies policies = new Retry.Policies(Retry.NEVER, Retry.NEVER, Retry.times(1, Duration.ofMillis(1)));
        RunView run = shop.run(Workflow.of(
                "slow", Step.task("a", "hang", Map.of()).with(policies).within(Duration.ofMillis(20))));
        assertThat(run.step("a").orElseThrow().reason()).isEqualTo("took longer than 20ms");
        assertThat(shop.log).containsExactly("hang 1", "hang 2");
    }

    @Test
    void anExpressionThatCannotBeEvaluatedFailsItsStepAndSaysWhy() {
        RunView run =
                shop.run(Workflow.of("wrong", echo("a", Map.of("x", "${{ steps.a.outputs.nothing }}")), note("b")));
        assertThat(run.run().status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.step("a").orElseThrow().reason())
                .contains("steps.a.outputs.nothing")
                .contains("not present");
        assertThat(status(run, "b")).isEqualTo(StepStatus.SKIPPED);
    }

    @Test
    void outcomesAreKeptForTheSameSettingsOnly() {
        Step first = Step.task("a", "note", Map.of("x", "${{ params.x }}")).cachedFor(Duration.ofHours(1));
        Workflow workflow = Workflow.of("cached", first).with(Map.of("x", Parameter.required(Parameter.Type.WHOLE)));
        RunView _ = shop.run(workflow, Map.of("x", 1));
        RunView again = shop.run(workflow, Map.of("x", 1));
        assertThat(again.step("a").orElseThrow().cached()).isTrue();
        assertThat(outputs(again, "a")).containsEntry("x", 1L);
        RunView other = shop.run(workflow, Map.of("x", 2));
        assertThat(other.step("a").orElseThrow().cached()).isFalse();
        assertThat(shop.log).containsExactly("a", "a");
    }

    @Test
    void aWorkflowCallsAnotherAndFailsWithIt() {
        shop.flows.apply(Workflow.of("inner", echo("x", Map.of("y", "${{ params.y }}")))
                .with(Map.of("y", Parameter.required(Parameter.Type.WHOLE))));
        shop.flows.apply(Workflow.of("broken", fail("x")));
        RunView good = shop.run(Workflow.of("outer", Step.call("inner", "inner", Map.of("y", 5))));
        assertThat(good.run().status()).isEqualTo(RunStatus.SUCCEEDED);
        String child = (String) outputs(good, "inner").get("run");
        assertThat(outputs(shop.flows.run(java.util.Objects.requireNonNull(child)), "x"))
                .containsEntry("y", 5L);
        RunView bad = shop.run(Workflow.of("outer", Step.call("inner", "broken", Map.of())));
        assertThat(bad.step("inner").orElseThrow().reason()).contains("of broken failed");
        RunView none = shop.run(Workflow.of("outer", Step.call("inner", "brken", Map.of())));
        assertThat(none.step("inner").orElseThrow().reason()).contains("Did you mean 'broken'?");
    }
}
