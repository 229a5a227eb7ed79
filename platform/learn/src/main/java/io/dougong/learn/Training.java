package io.dougong.learn;

import io.dougong.kernel.Digest;
import io.dougong.kernel.Field;
import io.dougong.kernel.FieldType;
import io.dougong.kernel.Json;
import io.dougong.models.AdaptiveConformal;
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
        List<FeatureSpec> specs = Dictionaries.of(dataset, slices.train(), trainer.textOrder());
        TrainingTable table = TrainingTable.of(dataset, slices.train(), new FeatureEncoder(specs));
        Trainer.Fitted fitted = trainer.fit(request.model().trainer(), table, request.seed(), progress);
        Model model = formats.read(fitted.format(), fitted.payload());
        Calibration calibration =
                calibrate(Scored.of(table.of(slices.calibrate()), model, Progress.Phase.CALIBRATE, progress));
        Evaluation evaluation = new Evaluator(request.abstention(), request.seed())
                .evaluate(
                        Scored.of(table.of(slices.test()), model, Progress.Phase.EVALUATE, progress),
                        calibration.calibrator(),
                        calibration.start());
        ModelCard card = card(specs, fitted, calibration, dataset, evaluation);
        List<GateResult> gates = request.model().gates().stream()
                .map(gate -> GateResult.of(gate, evaluation))
                .toList();
        return new Made(ModelArtifact.of(card, model), slices, evaluation, gates);
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
        long positives = Arrays.stream(rows).filter(dataset::label).count();
        if (positives == 0 || positives == rows.length) {
            throw LearnProblem.oneClass(slice, rows.length);
        }
    }

    private record Calibration(Calibrator calibrator, AdaptiveConformal.State start) {}

    /**
     * The older half of the slice fits the calibrator, the newer half measures the first threshold: a threshold measured on rows that
     * the calibrator was fitted on would be too narrow.
     */
    private Calibration calibrate(Scored scored) {
        int half = request.model().calibration() == ModelDefinition.Calibration.NONE ? 0 : scored.labels().length / 2;
        double[] margins = Arrays.copyOf(scored.margins(), half);
        boolean[] labels = Arrays.copyOf(scored.labels(), half);
        Calibrator calibrator = switch (request.model().calibration()) {
            case NONE -> new Calibrator.Identity();
            case PLATT -> Calibrator.Platt.fit(margins, labels);
            case ISOTONIC -> Calibrator.Isotonic.fit(margins, labels);
        };
        int end = scored.labels().length;
        return new Calibration(
                calibrator,
                request.abstention()
                        .initial(
                                Arrays.copyOfRange(scored.probabilities(calibrator), half, end),
                                Arrays.copyOfRange(scored.labels(), half, end)));
    }

    private ModelCard card(
            List<FeatureSpec> specs,
            Trainer.Fitted fitted,
            Calibration calibration,
            Dataset dataset,
            Evaluation evaluation) {
        Map<String, String> training = new TreeMap<>(fitted.parameters());
        training.putAll(parameters(request));
        LabelDefinition label = request.model().label();
        return new ModelCard(
                request.registeredName(),
                Task.BINARY,
                specs,
                fitted.format(),
                calibration.calibrator(),
                new ModelCard.Abstention(request.abstention(), calibration.start()),
                label.stream() + "." + label.value(),
                training,
                request.codeVersion(),
                new TreeMap<>(dataset.snapshots()).toString(),
                metrics(evaluation));
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
        parameters.put("features", String.join(",", model.features()));
        parameters.put("calibration", model.calibration().name());
        parameters.put("split.train", Double.toString(model.split().train()));
        parameters.put("split.calibrate", Double.toString(model.split().calibrate()));
        parameters.put("from_micros", Long.toString(request.fromMicros()));
        parameters.put("to_micros", Long.toString(request.toMicros()));
        parameters.put("as_of_micros", Long.toString(request.asOfMicros()));
        parameters.put("abstention.alpha", Double.toString(request.abstention().alpha()));
        parameters.put("abstention.eta", Double.toString(request.abstention().eta()));
        if (!request.verdicts().isEmpty()) {
            parameters.put("verdicts", Integer.toString(request.verdicts().size()));
            parameters.put(
                    "verdicts.digest", Digest.of(Json.bytes(request.verdicts())).hex());
        }
        parameters.put("seed", Long.toString(request.seed()));
        return parameters;
    }

    /** Where rows and labels are. */
    static DatasetPlan plan(TrainingRequest request, boolean keepKeys, int mostRows) {
        LearningStream asking = request.stream(request.model().stream());
        LabelDefinition label = request.model().label();
        LearningStream labels = request.stream(label.stream());
        Field value = labels.schema().field(label.value());
        if (value.type() != FieldType.BOOLEAN) {
            throw LearnProblem.labelNotBoolean(
                    label.stream(), label.value(), value.type().label());
        }
        return new DatasetPlan(
                new DatasetPlan.Asking(asking.name(), asking.schema().place(asking.key())),
                new DatasetPlan.Label(
                        labels.name(),
                        labels.schema().place(label.key()),
                        labels.schema().place(label.value())),
                request.fromMicros(),
                request.toMicros(),
                request.asOfMicros(),
                keepKeys,
                mostRows);
    }
}
