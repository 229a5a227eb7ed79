package io.dougong.learn;

import io.dougong.kernel.Field;
import io.dougong.models.AdaptiveConformal;
import io.dougong.models.Bootstrap;
import io.dougong.models.Calibrator;
import io.dougong.models.FeatureEncoder;
import io.dougong.models.FeatureSpec;
import io.dougong.models.Model;
import io.dougong.models.ModelArtifact;
import io.dougong.models.ModelCard;
import io.dougong.models.ModelFormats;
import io.dougong.models.Task;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One run from a data set to an evaluated artifact; pure: the same data set and request give the same bytes. */
final class Training {

    /** What came out. */
    record Made(ModelArtifact artifact, Slices slices, Evaluation evaluation, List<GateResult> gates) {}

    private static final int REPLICATES = 200;

    private final TrainingRequest request;
    private final Trainer trainer;
    private final ModelFormats formats;
    private final Progress progress;

    Training(TrainingRequest request, Trainer trainer, ModelFormats formats, Progress progress) {
        this.request = request;
        this.trainer = trainer;
        this.formats = formats;
        this.progress = progress;
    }

    Made train(Dataset dataset) {
        Slices slices = slices(dataset);
        List<FeatureSpec> specs = Dictionaries.of(
                dataset, slices.train(), trainer.textOrder(request.model().trainer()), task());
        TrainingTable table = TrainingTable.of(dataset, slices.train(), new FeatureEncoder(specs), task());
        Trainer.Fitted fitted = fit(dataset, slices, table);
        Model model = formats.read(fitted.format(), fitted.payload());
        Finish finish = finish(
                Scored.of(table.of(slices.calibrate()), model, Progress.Phase.CALIBRATE, progress),
                Scored.of(table.of(slices.test()), model, Progress.Phase.EVALUATE, progress));
        Evaluation evaluation = finish.evaluation();
        ModelCard card = card(specs, fitted, finish, dataset)
                .with(Profiling.of(table, slices, model).orElse(null));
        List<GateResult> gates = request.model().gates().stream()
                .map(gate -> GateResult.of(gate, evaluation))
                .toList();
        return new Made(ModelArtifact.of(card, model), slices, evaluation, gates);
    }

    private Trainer.Fitted fit(Dataset dataset, Slices slices, TrainingTable table) {
        if (!request.model().weighting().equals(Weighting.NONE) && task() != Task.BINARY) {
            throw LearnProblem.badTrainer("Rows are weighed for labels of two classes only.", "Leave 'weighting' out.");
        }
        WeightedRows rows = new WeightedRows(request.model().weighting(), dataset, slices, table);
        Trainer.Fitted first = trainer.fit(request.model().trainer(), rows.labelled(), request.seed(), progress);
        if (request.model().weighting().rejects() == null || rows.unlabelled() == 0) {
            return first;
        }
        Model model = formats.read(first.format(), first.payload());
        Scored scored = Scored.of(table.of(slices.calibrate()), model, Progress.Phase.CALIBRATE, progress);
        Calibrator calibrator = calibrator(scored.part(0, scored.rows() / 2));
        return trainer.fit(request.model().trainer(), rows.augmented(model, calibrator), request.seed(), progress);
    }

    private Slices slices(Dataset dataset) {
        Slices slices = Slices.of(dataset, request.model().split());
        checkClasses("train", dataset, slices.train());
        if (slices.calibrate().length < 2) {
            throw LearnProblem.oneClass("calibrate", 0);
        }
        if (slices.test().length == 0) {
            throw LearnProblem.oneClass("test", 0);
        }
        return slices;
    }

    private static void checkClasses(String slice, Dataset dataset, int[] rows) {
        if (Arrays.stream(rows).mapToDouble(dataset::target).distinct().limit(2).count() < 2) {
            throw LearnProblem.oneClass(slice, rows.length);
        }
    }

    private Task task() {
        return request.model().label().task();
    }

    private Finish finish(Scored calibrate, Scored test) {
        Bootstrap bootstrap = new Bootstrap(request.seed(), REPLICATES);
        boolean calibrates = request.model().calibration() != ModelDefinition.Calibration.NONE;
        return switch (task()) {
            case BINARY -> twoClasses(calibrate, test, bootstrap);
            case MULTICLASS -> new ClassFinish(request.abstention(), bootstrap).of(calibrate, test, calibrates);
            case REGRESSION -> new AmountFinish(request.abstention(), bootstrap).of(calibrate, test);
        };
    }

    private Finish twoClasses(Scored scored, Scored test, Bootstrap bootstrap) {
        int half = request.model().calibration() == ModelDefinition.Calibration.NONE ? 0 : scored.rows() / 2;
        Scored older = scored.part(0, half);
        Scored newer = scored.part(half, scored.rows());
        Calibrator calibrator = calibrator(older);
        AdaptiveConformal.State start = request.abstention().initial(newer.probabilities(calibrator), newer.labels());
        Evaluation evaluation = new Evaluator(request.abstention(), bootstrap).evaluate(test, calibrator, start);
        return new Finish(calibrator, null, start, evaluation);
    }

    private Calibrator calibrator(Scored rows) {
        return switch (request.model().calibration()) {
            case NONE -> new Calibrator.Identity();
            case PLATT -> Calibrator.Platt.fit(rows.margins(), rows.labels());
            case ISOTONIC -> Calibrator.Isotonic.fit(rows.margins(), rows.labels());
        };
    }

    private ModelCard card(List<FeatureSpec> specs, Trainer.Fitted fitted, Finish finish, Dataset dataset) {
        Map<String, String> training = new TreeMap<>(fitted.parameters());
        training.putAll(parameters(request));
        LabelDefinition label = request.model().label();
        return new ModelCard(
                request.registeredName(),
                task(),
                specs,
                fitted.format(),
                finish.calibrator(),
                new ModelCard.Abstention(request.abstention(), finish.start()),
                label.stream() + "." + label.value(),
                training,
                request.codeVersion(),
                new TreeMap<>(dataset.snapshots()).toString(),
                metrics(finish.evaluation()),
                finish.target());
    }

    private static Map<String, Double> metrics(Evaluation evaluation) {
        Map<String, Double> metrics = new TreeMap<>();
        for (Gate.Metric metric : Gate.Metric.values()) {
            evaluation.metric(metric).ifPresent(estimate -> metrics.put(metric.label(), estimate.value()));
        }
        metrics.put(
                "error_when_decided", evaluation.abstention().errorWhenDecided().value());
        return metrics;
    }

    /** What shapes a run besides the trainer's own parameters. */
    static Map<String, String> parameters(TrainingRequest request) {
        Map<String, String> parameters = new TreeMap<>();
        ModelDefinition model = request.model();
        parameters.put("trainer", model.trainer().toString());
        if (model.label().task() != Task.BINARY) {
            parameters.put("task", model.label().task().name());
        }
        parameters.put("features", String.join(",", model.features()));
        parameters.put("calibration", model.calibration().name());
        parameters.put("split.train", Double.toString(model.split().train()));
        parameters.put("split.calibrate", Double.toString(model.split().calibrate()));
        parameters.put("from_micros", Long.toString(request.fromMicros()));
        parameters.put("to_micros", Long.toString(request.toMicros()));
        parameters.put("as_of_micros", Long.toString(request.asOfMicros()));
        parameters.put("abstention.alpha", Double.toString(request.abstention().alpha()));
        parameters.put("abstention.eta", Double.toString(request.abstention().eta()));
        parameters.putAll(request.corrections().parameters());
        parameters.put("seed", Long.toString(request.seed()));
        return parameters;
    }

    /** Where rows and labels are. */
    static DatasetPlan plan(TrainingRequest request, boolean keepKeys, int mostRows) {
        LearningStream asking = request.stream(request.model().stream());
        LabelDefinition label = request.model().label();
        LearningStream labels = request.stream(label.stream());
        Field value = labels.schema().field(label.value());
        if (!LabelDefinition.types(label.task()).contains(value.type())) {
            throw LearnProblem.labelDoesNotFit(label, value.type());
        }
        return new DatasetPlan(
                new DatasetPlan.Asking(asking.name(), asking.schema().place(asking.key())),
                new DatasetPlan.Label(
                        labels.name(),
                        labels.schema().place(label.key()),
                        labels.schema().place(label.value()),
                        label.task()),
                request.fromMicros(),
                request.toMicros(),
                request.asOfMicros(),
                keepKeys,
                mostRows,
                request.model().weighting().rejects() != null);
    }
}
