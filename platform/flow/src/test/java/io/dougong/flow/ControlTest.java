package io.dougong.flow;

import static io.dougong.flow.Workshop.echo;
import static io.dougong.flow.Workshop.fail;
import static io.dougong.flow.Workshop.note;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dougong.flow.embedded.SqliteJournal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that people, signals and restarts of the node act upon. */
class ControlTest {

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

    @Test
    void aPersonAnswersAndTheAnswerIsKept() {
        Workflow workflow = Workflow.of("asking", Step.approval("ok", "Deploy?"), note("deploy"));
        String yes = shop.flows.start(workflow, Start.plain());
        shop.until(yes, "ok", StepStatus.WAITING);
        shop.flows.answer(yes, "ok", true, "ada", "looks good");
        assertThat(shop.end(yes).step("ok").orElseThrow().reason()).isEqualTo("approved by ada: looks good");
        String no = shop.flows.start(workflow, Start.plain());
        shop.until(no, "ok", StepStatus.WAITING);
        shop.flows.answer(no, "ok", false, "ada", "");
        assertThat(shop.end(no).run().status()).isEqualTo(RunStatus.FAILED);
        assertThat(shop.log).containsExactly("deploy");
        assertThatThrownBy(() -> shop.flows.answer(no, "ok", true, "bob", ""))
                .hasMessageContaining("has ended: FAILED");
    }

    @Test
    void anApprovalAndAWaitEndWhenNothingComesInTime() {
        Step wait = new Step.Wait(Step.Head.of("wait"), "never", Map.of(), Optional.of(Duration.ofMillis(5)));
        RunView run = shop.run(Workflow.of("late", wait));
        assertThat(run.step("wait").orElseThrow().reason()).isEqualTo("nothing came in time");
        assertThat(run.run().status()).isEqualTo(RunStatus.FAILED);
    }

    @Test
    void aSignalReachesWhoWaitsForItsKeysWhicheverComesFirst() {
        Step wait =
                new Step.Wait(Step.Head.of("wait"), "data-ready", Map.of("day", "${{ params.day }}"), Optional.empty());
        Workflow workflow = Workflow.of(
                        "joined",
                        Step.approval("first", "?"),
                        wait,
                        echo("rows", Map.of("n", "${{ steps.wait.outputs.n }}")))
                .with(Map.of("day", Parameter.required(Parameter.Type.TEXT)));
        String monday = shop.flows.start(workflow, Start.with(Map.of("day", "mon")));
        String tuesday = shop.flows.start(workflow, Start.with(Map.of("day", "tue")));
        shop.until(monday, "first", StepStatus.WAITING);
        // before the step waits
        assertThat(shop.flows.signal("data-ready", Map.of("day", "mon"), Map.of("n", 7), "loader"))
                .isZero();
        shop.flows.answer(monday, "first", true, "me", "");
        assertThat(shop.end(monday).step("rows").orElseThrow().outputs()).containsEntry("n", 7L);
        // after it
        shop.flows.answer(tuesday, "first", true, "me", "");
        shop.until(tuesday, "wait", StepStatus.WAITING);
        Workshop.until(
                () -> shop.flows.signal("data-ready", Map.of("day", "tue", "more", 1), Map.of("n", 8), "loader") == 1,
                "waited for");
        assertThat(shop.end(tuesday).step("rows").orElseThrow().outputs()).containsEntry("n", 8L);
    }

    @Test
    void aPausedRunBeginsNothingUntilItGoesOn() {
        CountDownLatch gate = new CountDownLatch(1);
        shop.task("gate", (_, _) -> {
            gate.await();
            return StepOutcome.done();
        });
        String run =
                shop.flows.start(Workflow.of("paused", Step.task("a", "gate", Map.of()), note("b")), Start.plain());
        shop.flows.pause(run, "me");
        gate.countDown();
        shop.until(run, "a", StepStatus.DONE);
        assertThat(shop.flows.run(run).run().status()).isEqualTo(RunStatus.PAUSED);
        assertThat(shop.flows.run(run).step("b").orElseThrow().status()).isEqualTo(StepStatus.PENDING);
        assertThat(shop.log).isEmpty();
        shop.reopen();
        assertThat(shop.flows.run(run).run().status()).isEqualTo(RunStatus.PAUSED);
        shop.flows.resume(run, "me");
        assertThat(shop.end(run).run().status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(shop.log).containsExactly("b");
    }

    @Test
    void stoppingUndoesWhatWasDoneInReverseOrderAndKillingDoesNot() {
        Step one = ((Step.Work) note("one"))
                .undoneBy("task", Map.of("name", "note", "with", Map.of("was", "${{ run.id }}")));
        Step two = ((Step.Work) note("two")).undoneBy("task", Map.of("name", "note"));
        Workflow workflow = Workflow.of("undo", one, two, Step.approval("ask", "?"), note("three"));
        String stopped = shop.flows.start(workflow, Start.plain());
        shop.until(stopped, "ask", StepStatus.WAITING);
        shop.flows.stop(stopped, "me", "changed my mind");
        RunView run = shop.end(stopped);
        assertThat(run.run().status()).isEqualTo(RunStatus.STOPPED);
        assertThat(run.run().reason()).isEqualTo("stopped by me: changed my mind");
        assertThat(shop.log).containsExactly("one", "two", "two~undo", "one~undo");
        assertThat(run.step("one~undo").orElseThrow().outputs()).containsEntry("was", stopped);
        shop.log.clear();
        String killed = shop.flows.start(workflow, Start.plain());
        shop.until(killed, "ask", StepStatus.WAITING);
        shop.flows.kill(killed, "me", "");
        assertThat(shop.end(killed).run().status()).isEqualTo(RunStatus.KILLED);
        assertThat(shop.log).containsExactly("one", "two");
    }

    @Test
    void aStoppedRunWaitsForWhatRunsAndAKilledOneTakesNothingMore() {
        CountDownLatch ended = new CountDownLatch(1);
        shop.task("slow", (context, _) -> {
            CountDownLatch cancelled = new CountDownLatch(1);
            context.onCancel(cancelled::countDown);
            try {
                cancelled.await();
            } catch (InterruptedException _) {
                shop.log.add("interrupted");
            }
            shop.log.add("ended");
            ended.countDown();
            return StepOutcome.failed(StepOutcome.Failure.USER, "cut");
        });
        Workflow workflow = Workflow.of("slow", Step.task("a", "slow", Map.of()), note("b"));
        String run = shop.flows.start(workflow, Start.plain());
        shop.until(run, "a", StepStatus.RUNNING);
        shop.flows.stop(run, "me", "");
        assertThat(shop.end(run).step("a").orElseThrow().status()).isEqualTo(StepStatus.CANCELLED);
        assertThat(shop.log).contains("ended").doesNotContain("b");
    }

    @Test
    void aBreakpointHoldsAndSkippingGoesOnWithout() {
        Workflow workflow = Workflow.of("stops", note("a"), note("b"), note("c"));
        String run = shop.flows.start(workflow, Start.plain().holdingAt("b"));
        shop.until(run, "b", StepStatus.HELD);
        shop.flows.hold(run, "c", "me");
        shop.flows.release(run, "b", "me");
        shop.until(run, "c", StepStatus.HELD);
        shop.flows.skip(run, "c", "me");
        RunView end = shop.end(run);
        assertThat(end.run().status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(end.step("c").orElseThrow().reason()).isEqualTo("skipped by hand");
        assertThat(shop.log).containsExactly("a", "b");
        assertThatThrownBy(() -> shop.flows.skip(run, "c", "me")).hasMessageContaining("has ended");
    }

    @Test
    void aWrongPathIsAnsweredWithTheNearOne() {
        String run = shop.flows.start(Workflow.of("asks", Step.approval("approve", "?")), Start.plain());
        assertThatThrownBy(() -> shop.flows.answer(run, "aprove", true, "me", ""))
                .extracting(problem -> ((FlowProblem) problem).advice())
                .isEqualTo("Did you mean 'approve'?");
        assertThatThrownBy(() -> shop.flows.resume(run, "me")).hasMessageContaining("is RUNNING and cannot do that");
        assertThatThrownBy(() -> shop.flows.run("nothing")).hasMessage("There is no run 'nothing'.");
    }

    @Test
    void aRestartKeepsWhatDoesNotDependOnItsStep() {
        Workflow workflow = Workflow.of(
                        "again",
                        note("load"),
                        Step.foreach(
                                "sweep", "[1, 2, 3]", 1, note("prepare"), echo("fit", Map.of("x", "${{ params.x }}"))),
                        Step.branch(
                                "gate",
                                new Step.Arm("params.x > 0", List.of(note("deploy"))),
                                new Step.Arm("", List.of(fail("no")))))
                .with(Map.of("x", Parameter.required(Parameter.Type.WHOLE)));
        RunView failed = shop.run(workflow, Map.of("x", 0));
        assertThat(failed.run().status()).isEqualTo(RunStatus.FAILED);
        shop.log.clear();
        String again = shop.flows.restart(failed.run().id(), "sweep[1].fit", Map.of("x", 5), "me");
        RunView good = shop.end(again);
        assertThat(good.run().status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(shop.log).containsExactly("gate.deploy");
        assertThat(good.step("sweep[0].fit").orElseThrow().outputs()).containsEntry("x", 0L);
        assertThat(good.step("sweep[1].fit").orElseThrow().outputs()).containsEntry("x", 5L);
        assertThat(good.step("load").orElseThrow().reason()).isEqualTo("kept from the run before");
        assertThat(good.run().origin()).contains("restart of " + failed.run().id());
    }

    @Test
    void aNodeThatStopsIsFollowedByOneThatGoesOn() {
        CountDownLatch gate = new CountDownLatch(1);
        shop.task("gate", (context, _) -> {
            shop.log.add("attempt " + context.attempt() + " " + context.idempotencyKey());
            gate.await();
            return StepOutcome.done();
        });
        Workflow workflow = Workflow.of("survives", note("a"), Step.task("b", "gate", Map.of()), note("c"));
        String run = shop.flows.start(workflow, Start.plain());
        Workshop.until(() -> shop.log.size() == 2, "b runs");
        shop.reopen();
        Workshop.until(() -> shop.log.size() == 3, "b runs again");
        gate.countDown();
        assertThat(shop.end(run).run().status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(shop.log.get(0)).isEqualTo("a");
        assertThat(shop.log.get(1)).startsWith("attempt 1 ");
        assertThat(shop.log.get(2)).isEqualTo(shop.log.get(1).replace("attempt 1", "attempt 2"));
        assertThat(shop.log.get(3)).isEqualTo("c");
    }

    @Test
    void aNodeThatLostItsJournalCannotWriteAnyMore() {
        String run = shop.flows.start(Workflow.of("asks", Step.approval("ok", "?")), Start.plain());
        shop.until(run, "ok", StepStatus.WAITING);
        try (Flows newer = shop.open()) {
            assertThatThrownBy(() -> shop.flows.answer(run, "ok", true, "old", ""))
                    .hasMessageContaining("was taken over by generation");
            newer.answer(run, "ok", true, "new", "");
            assertThat(newer.run(run).run().status()).isEqualTo(RunStatus.SUCCEEDED);
        }
        try (SqliteJournal journal = SqliteJournal.open(folder.resolve("flow.db"))) {
            assertThat(journal.events(run))
                    .filteredOn(RunEvent.Answered.class::isInstance)
                    .hasSize(1);
        }
    }

    @Test
    void strictlyInARowNothingFollowsAFailureButItsRestart() {
        Workflow strict = Workflow.of("strict", Step.approval("ok", "?"))
                .with(new Workflow.Strategy(Workflow.Strategy.Mode.STRICT_SEQUENTIAL, 0));
        String first = shop.flows.start(strict, Start.plain());
        String second = shop.flows.start(strict, Start.plain());
        shop.until(first, "ok", StepStatus.WAITING);
        shop.flows.answer(first, "ok", false, "me", "no");
        assertThat(shop.end(first).run().status()).isEqualTo(RunStatus.FAILED);
        String third = shop.flows.start(strict, Start.plain());
        shop.reopen();
        assertThat(shop.flows.run(second).run().status()).isEqualTo(RunStatus.QUEUED);
        assertThat(shop.flows.run(third).run().status()).isEqualTo(RunStatus.QUEUED);
        String again = shop.flows.restart(first, "ok", Map.of(), "me");
        shop.until(again, "ok", StepStatus.WAITING);
        assertThat(shop.flows.run(second).run().status()).isEqualTo(RunStatus.QUEUED);
        shop.flows.answer(again, "ok", true, "me", "");
        shop.until(second, "ok", StepStatus.WAITING);
        assertThat(shop.flows.run(third).run().status()).isEqualTo(RunStatus.QUEUED);
    }

    @Test
    void ofManyStartsAtOnceOneIsTheFirst() throws Exception {
        Workflow firstOnly = Workflow.of("only", Step.approval("ok", "?"))
                .with(new Workflow.Strategy(Workflow.Strategy.Mode.FIRST_ONLY, 0));
        ConcurrentLinkedQueue<String> begun = new ConcurrentLinkedQueue<>();
        CountDownLatch go = new CountDownLatch(1);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                var _ = callers.submit(() -> {
                    go.await();
                    return begun.add(shop.flows.start(firstOnly, Start.plain()));
                });
            }
            go.countDown();
        }
        assertThat(begun).hasSize(1);
    }

    @Test
    void strategiesSayWhoRunsBesideWhom() {
        Workflow ask = Workflow.of("one", Step.approval("ok", "?"));
        Workflow sequential = ask.with(new Workflow.Strategy(Workflow.Strategy.Mode.SEQUENTIAL, 0));
        String first = shop.flows.start(sequential, Start.plain());
        String second = shop.flows.start(sequential, Start.plain());
        shop.until(first, "ok", StepStatus.WAITING);
        assertThat(shop.flows.run(second).run().status()).isEqualTo(RunStatus.QUEUED);
        shop.reopen();
        assertThat(shop.flows.run(second).run().status()).isEqualTo(RunStatus.QUEUED);
        shop.flows.answer(first, "ok", true, "me", "");
        shop.until(second, "ok", StepStatus.WAITING);
        shop.flows.answer(second, "ok", true, "me", "");
        assertThat(shop.end(second).run().status()).isEqualTo(RunStatus.SUCCEEDED);

        Workflow firstOnly = ask.with(new Workflow.Strategy(Workflow.Strategy.Mode.FIRST_ONLY, 0));
        String only = shop.flows.start(firstOnly, Start.plain());
        assertThatThrownBy(() -> shop.flows.start(firstOnly, Start.plain())).hasMessageContaining("runs already");
        shop.flows.kill(only, "me", "");
        RunView _ = shop.end(only);

        Workflow lastOnly = ask.with(new Workflow.Strategy(Workflow.Strategy.Mode.LAST_ONLY, 0));
        String older = shop.flows.start(lastOnly, Start.plain());
        String newer = shop.flows.start(lastOnly, Start.plain());
        assertThat(shop.end(older).run().status()).isEqualTo(RunStatus.STOPPED);
        shop.until(newer, "ok", StepStatus.WAITING);
    }
}
