package io.dougong.node;

import io.dougong.learn.Evaluation;
import io.dougong.learn.TrainingRun;
import io.dougong.tracking.DatasetInput;
import io.dougong.tracking.Metric;
import io.dougong.tracking.PlatformRun;
import io.dougong.tracking.PlatformRuns;
import io.dougong.tracking.RunStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Trainings as runs of experiments, one experiment for each model, so that they stand beside what was tried elsewhere. The record of
 * a training is the log of runs; what is shown is made from it, at the start for all and after each training for the new one.
 */
final class TrackedTrainings {

    private static final String PREFIX = "dougong.";

    private final PlatformRuns shown;

    TrackedTrainings(PlatformRuns shown) {
        this.shown = shown;
    }

    void show(List<TrainingRun> runs) {
        shown.show(runs.stream().map(TrackedTrainings::run).toList()).join();
    }

    /** As runs are named among experiments. */
    static String runId(String trainingRunId) {
        return trainingRunId.replace("-", "");
    }

    private static PlatformRun run(TrainingRun run) {
        TrainingRun.Outcome outcome = run.outcome();
        Map<String, String> params = new TreeMap<>(run.parameters());
        params.put("seed", Long.toString(run.seed()));
        return new PlatformRun(
                "dougong/" + run.application() + "/" + run.model(),
                Map.of(PREFIX + "application", run.application(), PREFIX + "model", run.model()),
                runId(run.runId()),
                run.model() + (outcome == null ? "" : " version " + outcome.version()),
                status(run.state()),
                run.startedMicros() / 1000,
                run.endedMicros() == null ? null : run.endedMicros() / 1000,
                params,
                outcome == null ? List.of() : metrics(run, outcome),
                tags(run),
                outcome == null ? List.of() : datasets(outcome));
    }

    private static RunStatus status(TrainingRun.State state) {
        return switch (state) {
            case RUNNING -> RunStatus.RUNNING;
            case FINISHED -> RunStatus.FINISHED;
            case FAILED -> RunStatus.FAILED;
            case INTERRUPTED -> RunStatus.KILLED;
        };
    }

    private static List<Metric> metrics(TrainingRun run, TrainingRun.Outcome outcome) {
        long at = run.endedMicros() == null ? run.startedMicros() / 1000 : run.endedMicros() / 1000;
        Map<String, Double> values = new TreeMap<>();
        outcome.evaluation().metrics().forEach((label, estimate) -> {
            values.put(label, estimate.value());
            values.put(label + "_low", estimate.low());
            values.put(label + "_high", estimate.high());
        });
        Evaluation.Abstention abstention = outcome.evaluation().abstention();
        values.put("coverage", abstention.coverage().value());
        values.put("review_rate", abstention.reviewRate().value());
        values.put("error_when_decided", abstention.errorWhenDecided().value());
        values.put("rows_train", (double) outcome.rows().train());
        values.put("rows_calibrate", (double) outcome.rows().calibrate());
        values.put("rows_test", (double) outcome.rows().test());
        List<Metric> metrics = new ArrayList<>();
        values.forEach((key, value) -> metrics.add(Metric.of(key, value, at, 0)));
        return metrics;
    }

    private static Map<String, String> tags(TrainingRun run) {
        Map<String, String> tags = new TreeMap<>();
        tags.put("mlflow.source.name", "dougong train " + run.application() + "/" + run.model());
        tags.put("mlflow.source.type", "JOB");
        tags.put(PREFIX + "code_version", run.codeVersion());
        if (run.failure() != null) {
            tags.put(PREFIX + "failure", run.failure());
        }
        if (run.outcome() != null) {
            tags.put(PREFIX + "registered_model", Training.registered(run.application(), run.model()));
            tags.put(PREFIX + "model_version", Integer.toString(run.outcome().version()));
            tags.put(PREFIX + "digest", run.outcome().digest());
            tags.put(PREFIX + "gates_passed", Boolean.toString(run.outcome().passed()));
        }
        return tags;
    }

    private static List<DatasetInput> datasets(TrainingRun.Outcome outcome) {
        return new TreeMap<>(outcome.snapshots())
                .entrySet().stream()
                        .map(snapshot -> new DatasetInput(
                                snapshot.getKey(),
                                Long.toString(snapshot.getValue()),
                                "dougong",
                                "{\"stream\":\"" + snapshot.getKey() + "\",\"snapshot\":" + snapshot.getValue() + "}",
                                null,
                                null,
                                Map.of("mlflow.data.context", "training")))
                        .toList();
    }
}
