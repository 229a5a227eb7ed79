package io.dougong.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dougong.kernel.Ids;
import io.dougong.kernel.MetadataDatabase;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLogTest {

    @TempDir
    Path folder;

    private long seconds = 1_000_000_000;
    private RunLog log;

    @BeforeEach
    void open() {
        log = reopened(1);
    }

    private RunLog reopened(long seed) {
        InstantSource clock = () -> Instant.ofEpochSecond(seconds++);
        return new RunLog(
                MetadataDatabase.open(folder.resolve("metadata.db")),
                new Ids(clock, new SplittableRandom(seed)),
                clock);
    }

    private TrainingRun start(String model) {
        return log.start("app", model, "v1", 7, Map.of("depth", "6"));
    }

    @Test
    void aFinishedRunIsReadBackWhole() {
        TrainingRun.Outcome outcome = new TrainingRun.Outcome(
                3,
                "ab".repeat(32),
                Map.of("departures", 17L),
                new TrainingRun.Rows(700, 150, 140, 10, 5),
                new Evaluation(
                        140,
                        0.2,
                        Map.of("auc", new Evaluation.Estimate(0.75, 0.7, 0.8)),
                        new Evaluation.Abstention(
                                0.9,
                                0.005,
                                new Evaluation.Estimate(0.91, 0.9, 0.92),
                                new Evaluation.Estimate(0.2, 0.1, 0.3),
                                new Evaluation.Estimate(0.05, 0.04, 0.06)),
                        List.of(new Evaluation.Confusion(0.5, 1, 2, 3, 4)),
                        List.of(new Evaluation.Group("origin", "ORD", 9, 0.3, 0.31, Map.of("auc", 0.7)))),
                List.of(new GateResult(new Gate(Gate.Metric.AUC, Gate.Bound.AT_LEAST, 0.7), true, 0.75, true)));
        String runId = start("m").runId();

        log.finished(runId, outcome);

        TrainingRun read = reopened(2).run(runId);
        assertThat(read.state()).isEqualTo(TrainingRun.State.FINISHED);
        assertThat(read.outcome()).isEqualTo(outcome);
        assertThat(read.parameters()).containsEntry("depth", "6");
        assertThat(read.endedMicros()).isGreaterThan(read.startedMicros());
        assertThat(read.failure()).isNull();
    }

    @Test
    void aFailedRunKeepsTheReason() {
        String runId = start("m").runId();

        log.failed(runId, LearnProblem.badTrainer("depth is -1.", "Make it positive."));

        assertThat(log.run(runId).state()).isEqualTo(TrainingRun.State.FAILED);
        assertThat(log.run(runId).failure()).isEqualTo("depth is -1. Make it positive.");
    }

    @Test
    void aRunThatTheProcessDidNotEndIsMarkedInterruptedWhenTheLogOpensAgain() {
        String running = start("m").runId();
        String failed = start("m").runId();
        log.failed(failed, new IllegalStateException("broken"));

        RunLog again = reopened(2);

        assertThat(again.run(running).state()).isEqualTo(TrainingRun.State.INTERRUPTED);
        assertThat(again.run(running).failure()).contains("process ended");
        assertThat(again.run(failed).state()).isEqualTo(TrainingRun.State.FAILED);
    }

    @Test
    void runsAreListedNewestFirstByApplicationAndModel() {
        String first = start("m").runId();
        String other = start("n").runId();
        String second = start("m").runId();

        assertThat(log.list("app", 10)).extracting(TrainingRun::runId).containsExactly(second, other, first);
        assertThat(log.list("app", "m", 10)).extracting(TrainingRun::runId).containsExactly(second, first);
        assertThat(log.list("app", "m", 1)).extracting(TrainingRun::runId).containsExactly(second);
        assertThat(log.list("elsewhere", 10)).isEmpty();
    }

    @Test
    void anUnknownRunSaysSo() {
        assertThatThrownBy(() -> log.run("nothing"))
                .isInstanceOf(LearnProblem.UnknownRun.class)
                .hasMessageContaining("'nothing'");
    }
}
