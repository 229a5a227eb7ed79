package io.dougong.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts: friendly ones and those that hang, fork, flood or lie. */
class ScriptKindTest {

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

    private static Step.Work script(Object run) {
        return Step.work("s", "script", Map.of("run", run));
    }

    private RunView.StepView run(Step.Work step) {
        return shop.run(Workflow.of("scripts", step)).step("s").orElseThrow();
    }

    @Test
    void whatAScriptWritesToItsOutputFileBecomesOutputs() {
        RunView.StepView step = run(script(List.of(
                "echo \"auc=0.91\" >> $DOUGONG_OUTPUT",
                "echo 'name=my model' >> $DOUGONG_OUTPUT",
                "echo it\\'s done")));
        assertThat(step.status()).isEqualTo(StepStatus.DONE);
        assertThat(step.outputs()).isEqualTo(Map.of("auc", 0.91, "name", "my model"));
        assertThat(shop.log).contains("s> $ echo it\\'s done", "s> it's done");
    }

    @Test
    void theFirstCommandThatFailsEndsTheScript() {
        RunView.StepView step = run(script(List.of("echo one", "echo boom; exit 7", "echo never")));
        assertThat(step.reason()).isEqualTo("exit code 7 (boom)");
        assertThat(shop.log).contains("s> one").doesNotContain("s> never");
        assertThat(run(script("false | true")).reason()).startsWith("exit code 1");
    }

    @Test
    void environmentAndFolderAreAsTheStepSays() throws IOException {
        Files.createDirectory(folder.resolve("sub"));
        RunView.StepView step = run(Step.work(
                "s",
                "script",
                Map.of(
                        "run",
                        "echo \"x=$A-$(basename $PWD)\" >> $DOUGONG_OUTPUT",
                        "env",
                        Map.of("A", 5),
                        "folder",
                        "sub")));
        assertThat(step.outputs()).containsEntry("x", "5-sub");
        assertThat(run(Step.work("s", "script", Map.of("run", "true", "folder", "nowhere")))
                        .reason())
                .contains("there is no folder")
                .contains("nowhere");
    }

    @Test
    void aScriptThatHangsIsCutOffWithEverythingItStarted() throws IOException {
        Path pids = folder.resolve("pids");
        RunView.StepView step = run(script(List.of(
                        "(trap '' TERM; sleep 300) & echo $! >> " + pids,
                        "nohup sleep 300 >/dev/null 2>&1 & echo $! >> " + pids,
                        "sleep 300"))
                .within(Duration.ofMillis(1500)));
        assertThat(step.reason()).isEqualTo("took longer than 1500ms");
        assertThat(Files.readAllLines(pids)).hasSize(2).allSatisfy(ScriptKindTest::isGone);
    }

    @Test
    void whatAScriptLeavesRunningEndsWithItAndDoesNotHoldItUp() throws IOException {
        Path pids = folder.resolve("pids");
        RunView.StepView step = run(script("sleep 300 & echo $! >> " + pids));
        assertThat(step.status()).isEqualTo(StepStatus.DONE);
        assertThat(Files.readAllLines(pids)).hasSize(1).allSatisfy(ScriptKindTest::isGone);
    }

    private static void isGone(String pid) {
        Workshop.until(
                () -> ProcessHandle.of(Long.parseLong(pid.strip()))
                        .map(handle -> !handle.isAlive())
                        .orElse(true),
                "process " + pid + " ends");
    }

    @Test
    void aFloodIsReadToItsEndAndKeptUpToTheLimit() {
        RunView.StepView step = run(Step.work(
                "s",
                "script",
                Map.of(
                        "run",
                        "head -c 20000000 /dev/zero | tr '\\0' '\\n'; head -c 5000000 /dev/zero | tr '\\0' x; echo end",
                        "output_limit",
                        "64KiB")));
        assertThat(step.status()).isEqualTo(StepStatus.DONE);
        assertThat(shop.log.stream().mapToInt(String::length).sum()).isLessThan(400_000);
        assertThat(shop.log).last().asString().contains("more than 64KiB was printed");
    }

    @Test
    void aScriptThatIsKilledFromOutsideIsThePlatformsFaultAndTriedAgain() {
        Step.Work step = script("if [ $DOUGONG_ATTEMPT = 1 ]; then kill -9 $$; fi; echo fine")
                .with(new Retry.Policies(Retry.NEVER, Retry.times(2, Duration.ofMillis(1)), Retry.NEVER));
        assertThat(run(step).attempt()).isEqualTo(2);
        assertThat(shop.log).contains("s> fine");
    }
}
