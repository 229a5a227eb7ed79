package io.dougong.learn;

import io.dougong.models.Bootstrap;
import io.dougong.models.Calibrator;
import io.dougong.models.FeatureEncoder;
import io.dougong.models.FeatureSpec;
import io.dougong.models.Model;
import io.dougong.models.ModelFormats;
import io.dougong.models.Target;
import io.dougong.models.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Trains on all folds but one and asks about the rows of that one, for each fold. Everything that looks at labels, dictionaries and
 * searches for settings too, sees the other folds only. Probabilities are as the trainer gives them, without a calibrator: there are no rows left to
 * fit one on.
 */
final class CrossValidation {

    private static final int REPLICATES = 200;

    private final TrainingRequest request;
    private final Trainer trainer;
    private final ModelFormats formats;
    private final Progress progress;
    private final Task task;

    CrossValidation(TrainingRequest request, Trainer trainer, ModelFormats formats, Progress progress) {
        this.request = request;
        this.trainer = trainer;
        this.formats = formats;
        this.progress = progress;
        this.task = request.model().label().task();
    }

    CrossValidated of(Dataset dataset, int count) {
        if (!request.model().weighting().equals(Weighting.NONE)) {
            throw LearnProblem.badTrainer("Cross-validation does not weigh rows.", "Leave 'weighting' out.");
        }
        Folds folds = Folds.of(task, dataset.rows(), dataset::target, count, request.seed());
        List<String> classes = classes(dataset);
        double[][] outputs = new double[dataset.rows()][];
        for (int fold = 0; fold < count; fold++) {
            fold(dataset, folds, fold, classes, outputs);
        }
        float[] truths = truths(dataset, classes);
        List<CrossValidated.Row> rows = new ArrayList<>();
        for (int row = 0; row < truths.length; row++) {
            List<Double> said = Arrays.stream(outputs[row]).boxed().toList();
            rows.add(new CrossValidated.Row(String.valueOf(dataset.key(row)), folds.of()[row], truths[row], said));
        }
        return new CrossValidated(count, classes, rows, figures(outputs, truths));
    }

    private void fold(Dataset dataset, Folds folds, int fold, List<String> classes, double[][] outputs) {
        int[] outside = folds.outside(fold);
        int[] inside = folds.inside(fold);
        TrainerDefinition definition = request.model().trainer();
        List<FeatureSpec> specs = Dictionaries.of(dataset, outside, trainer.textOrder(definition), task);
        TrainingTable table = TrainingTable.of(dataset, outside, new FeatureEncoder(specs), task);
        Trainer.Fitted fitted = trainer.fit(definition, table, request.seed(), Progress.NONE);
        Model model = formats.read(fitted.format(), fitted.payload());
        Scored scored = Scored.of(table.of(inside), model, Progress.Phase.EVALUATE, Progress.NONE);
        for (int i = 0; i < inside.length; i++) {
            outputs[inside[i]] = outputs(scored.row(i), table.classes(), classes);
        }
        progress.at(Progress.Phase.EVALUATE, fold + 1L, folds.count());
    }

    private double[] outputs(double[] margins, List<String> known, List<String> classes) {
        return switch (task) {
            case BINARY -> new double[] {new Calibrator.Identity().probability(margins[0])};
            case MULTICLASS -> {
                double[] probabilities = new Target.Classes(known, 1).probabilities(margins);
                double[] all = new double[classes.size()];
                for (int place = 0; place < probabilities.length; place++) {
                    all[classes.indexOf(known.get(place))] = probabilities[place];
                }
                yield all;
            }
            case REGRESSION -> margins;
        };
    }

    private List<String> classes(Dataset dataset) {
        return task == Task.MULTICLASS ? dataset.classes().stream().sorted().toList() : List.of();
    }

    private float[] truths(Dataset dataset, List<String> classes) {
        float[] truths = new float[dataset.rows()];
        for (int row = 0; row < truths.length; row++) {
            float target = dataset.target(row);
            truths[row] =
                    task == Task.MULTICLASS ? classes.indexOf(dataset.classes().get((int) target)) : target;
        }
        return truths;
    }

    private Map<String, Evaluation.Estimate> figures(double[][] outputs, float[] truths) {
        Bootstrap bootstrap = new Bootstrap(request.seed(), REPLICATES);
        double[] first = Arrays.stream(outputs).mapToDouble(each -> each[0]).toArray();
        return switch (task) {
            case BINARY -> {
                boolean[] labels = new boolean[truths.length];
                for (int row = 0; row < labels.length; row++) {
                    labels[row] = truths[row] == 1;
                }
                yield new TestFigures(first, labels).estimates(bootstrap, Evaluator.LEVEL);
            }
            case MULTICLASS -> {
                int[] places = IntStream.range(0, truths.length)
                        .map(row -> (int) truths[row])
                        .toArray();
                yield new ClassFigures(outputs, places).estimates(bootstrap, Evaluator.LEVEL);
            }
            case REGRESSION -> {
                double[] values = IntStream.range(0, truths.length)
                        .mapToDouble(row -> truths[row])
                        .toArray();
                yield new AmountFigures(first, values).estimates(bootstrap, Evaluator.LEVEL);
            }
        };
    }
}
