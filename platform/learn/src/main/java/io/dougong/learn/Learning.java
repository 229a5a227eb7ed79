package io.dougong.learn;

import io.dougong.lake.Snapshot;
import io.dougong.models.ModelFormats;
import io.dougong.models.ModelRegistry;
import io.dougong.models.ModelVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Learns models from history: builds the point-in-time data set, trains, calibrates, evaluates on what came later, holds the gates
 * against it, records the run and registers the artifact. Trainings wait for each other, because each needs memory for its rows.
 *
 * <p>Reads disks and calls native code: use a platform thread.
 */
public final class Learning {

    /** Twenty features take about 100 bytes a row: three million rows 0.3 GB, this many 2 GB. */
    private static final int MOST_ROWS = 20_000_000;

    private final RunLog runs;
    private final ModelRegistry registry;
    private final ModelFormats formats;
    private final List<Trainer> trainers;
    private final Semaphore turn = new Semaphore(1, true);

    public Learning(RunLog runs, ModelRegistry registry, ModelFormats formats, List<Trainer> trainers) {
        this.runs = runs;
        this.registry = registry;
        this.formats = formats;
        this.trainers = List.copyOf(trainers);
    }

    public RunLog runs() {
        return runs;
    }

    /**
     * Trains and registers. The run is in the {@link RunLog} from its first moment, also if it fails.
     *
     * @return the finished run; whether its gates hold is in its outcome
     * @throws LearnProblem if the request does not fit the application or history, the trainer fails, or the thread is interrupted
     */
    public TrainingRun train(TrainingRequest request, Progress progress) {
        return train(request, progress, TrainingObserver.NONE);
    }

    /** @param observer is shown the data set once the version is registered */
    public TrainingRun train(TrainingRequest request, Progress progress, TrainingObserver observer) {
        return inTurn(() -> recorded(request, progress, observer));
    }

    /**
     * What versions of the model say of rows that they were not trained on; nothing is registered.
     *
     * @param folds two or more; each is left out once
     */
    public CrossValidated crossValidate(TrainingRequest request, int folds, Progress progress) {
        return inTurn(() -> new CrossValidation(request, trainer(request), formats, progress)
                .of(dataset(request, true, progress), folds));
    }

    private <T> T inTurn(Supplier<T> work) {
        try {
            turn.acquire();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw LearnProblem.interrupted(Progress.Phase.READ);
        }
        try {
            return work.get();
        } finally {
            turn.release();
        }
    }

    private Trainer trainer(TrainingRequest request) {
        return trainers.stream()
                .filter(each -> each.trains(request.model().trainer()))
                .findFirst()
                .orElseThrow(() -> LearnProblem.noTrainer(request.model().trainer()));
    }

    private TrainingRun recorded(TrainingRequest request, Progress progress, TrainingObserver observer) {
        TrainingRun run = runs.start(
                request.application(),
                request.model().name(),
                request.codeVersion(),
                request.seed(),
                Training.parameters(request));
        try {
            return runs.finished(run.runId(), outcome(request, progress, observer));
        } catch (RuntimeException | Error failure) {
            runs.failed(run.runId(), failure);
            throw failure;
        }
    }

    private TrainingRun.Outcome outcome(TrainingRequest request, Progress progress, TrainingObserver observer) {
        Trainer trainer = trainer(request);
        if (request.model().split().calibrate() == 0) {
            throw LearnProblem.noCalibration();
        }
        Dataset dataset = dataset(request, false, progress);
        Training.Made made = new Training(request, trainer, formats, progress).train(dataset);
        ModelVersion version = registry.register(request.registeredName(), made.artifact());
        observer.trained(dataset, made.slices(), made.artifact());
        progress.at(Progress.Phase.REGISTER, 1, 1);
        Slices slices = made.slices();
        return new TrainingRun.Outcome(
                version.version(),
                made.artifact().digest().hex(),
                dataset.snapshots(),
                new TrainingRun.Rows(
                        slices.train().length,
                        slices.calibrate().length,
                        slices.test().length,
                        slices.embargoed(),
                        dataset.counts().unlabelled()),
                made.evaluation(),
                made.gates());
    }

    /**
     * The data set that {@link #train} would train on.
     *
     * @param keepKeys whether rows remember the asking event's key
     */
    public Dataset dataset(TrainingRequest request, boolean keepKeys, Progress progress) {
        FeaturePlan features = FeaturePlan.of(request);
        DatasetPlan plan = Training.plan(request, keepKeys, MOST_ROWS);
        Set<String> needed = new LinkedHashSet<>(features.streams());
        needed.add(plan.asking().stream());
        needed.add(plan.label().stream());
        Map<String, Long> snapshots = new HashMap<>();
        List<LakeHistory> histories = new ArrayList<>();
        try {
            for (String name : needed) {
                LearningStream stream = request.stream(name);
                Snapshot snapshot = stream.table().current().orElseThrow(() -> LearnProblem.noRows(name, 0));
                snapshots.put(name, snapshot.id());
                histories.add(new LakeHistory(stream, snapshot, plan.lastMicros()));
            }
            Dataset dataset = new DatasetBuilder(plan, new ViewFeatures(features), request.corrections())
                    .build(new TimeMerge(histories), snapshots, progress);
            if (dataset.rows() == 0) {
                throw LearnProblem.noRows(
                        plan.asking().stream(), dataset.counts().asked());
            }
            return dataset;
        } finally {
            histories.forEach(LakeHistory::close);
        }
    }
}
