package io.dougong.manifest;

import static io.dougong.documents.Shape.Property.optional;
import static io.dougong.documents.Shape.Property.required;

import io.dougong.documents.Durations;
import io.dougong.documents.Plain;
import io.dougong.documents.Shape;
import io.dougong.learn.Gate;
import io.dougong.learn.ModelDefinition.Calibration;
import io.dougong.learn.TimeSplit;
import io.dougong.learn.TrainerDefinition.Tuned;
import io.dougong.learn.TrainerDefinition.Xgboost;
import io.dougong.models.Task;
import io.dougong.review.ReviewPolicy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The shapes of models and decisions. */
final class ModelGrammar {

    static final String RISING = "rising";
    static final String FALLING = "falling";

    private static final int MOST_FEATURES = 2000;
    private static final int MOST_TREES = 10_000;
    private static final int MOST_DEPTH = 16;
    static final int MOST_OUTCOMES = 100;
    private static final int MOST_SHADOWS = 8;
    private static final int MOST_REASONS = 20;
    private static final int MOST_CACHED = 10_000_000;
    private static final double MOST_PENALTY = 1e6;
    private static final double MOST_GATE = 1e18;

    static final Shape.Text FEATURE = new Shape.Text(
            "a feature",
            "^[A-Za-z_][A-Za-z0-9_]{0,62}(\\.(\\*|[A-Za-z0-9_]{1,200}))?$",
            "Write a field, view.feature, or view.* for all of a view.");
    static final Shape.Text LABEL = new Shape.Text(
            "an outcome",
            "^[A-Za-z][A-Za-z0-9_-]{0,62}$",
            "Use letters, digits, '-' and '_', beginning with a letter.");
    private static final Shape.Text CLASS = new Shape.Text(
            "a class",
            "^\\S(.{0,98}\\S)?$",
            "Write the class as the label has it, at most 100 letters; quote a number.");
    private static final Shape.Text FILE = new Shape.Text(
            "a file",
            "^(?!.*\\.\\.)[A-Za-z0-9_][A-Za-z0-9_./-]{0,200}$",
            "Name a file beside the manifest, without '..'.");

    private ModelGrammar() {}

    static Shape.Keys model() {
        return new Shape.Keys(
                "a model",
                List.of(
                        required("on", Grammar.NAME, "The stream whose events it is asked about."),
                        required("trainer", trainer(), "Who trains it, with which parameters."),
                        required("label", label(), "Where the truth comes from."),
                        optional(
                                "task",
                                new Shape.Choice("a task", Grammar.words(Task.values())),
                                "What is predicted: one of two classes, one of several, or a number.",
                                Grammar.word(Task.BINARY)),
                        required(
                                "features",
                                new Shape.Items("a list of features", FEATURE, 1, MOST_FEATURES),
                                "Its inputs, in order: fields of its stream, view.feature, or view.* for all of a view."),
                        optional("split", split(), "Shares of the time range, oldest first; the rest tests.", Map.of()),
                        optional(
                                "calibration",
                                new Shape.Choice("a calibration", Grammar.words(Calibration.values())),
                                "How margins become probabilities.",
                                Grammar.word(Calibration.PLATT)),
                        optional(
                                "gates",
                                new Shape.Items("a list of gates", gate(), 0, Gate.Metric.values().length * 2),
                                "What an evaluation must reach before a version may serve.",
                                List.of()),
                        optional(
                                "seed",
                                new Shape.Whole(0, Integer.MAX_VALUE),
                                "The seed of everything random in its training.",
                                1L),
                        WeightingGrammar.weighting()));
    }

    private static Shape.Tagged trainer() {
        return new Shape.Tagged(
                "a trainer",
                List.of(
                        Shape.Variant.of(required("xgboost", xgboost(), "Gradient boosted trees.")),
                        Shape.Variant.of(
                                required(
                                        "tuned",
                                        tuned(),
                                        "Gradient boosted trees whose settings are looked for, blended with a linear model as far as that helps.")),
                        Shape.Variant.of(required(
                                "logistic",
                                new Shape.Keys(
                                        "parameters",
                                        List.of(optional(
                                                "l2",
                                                Shape.Decimal.between(0, MOST_PENALTY),
                                                "The penalty on the squares of the weights.",
                                                1L))),
                                "Logistic regression.")),
                        Shape.Variant.of(required(
                                "onnx",
                                new Shape.Keys(
                                        "an import", List.of(required("file", FILE, "The ONNX file, made elsewhere."))),
                                "No training: a model made elsewhere."))));
    }

    private static Shape.Keys xgboost() {
        Xgboost usual = Xgboost.DEFAULT;
        return new Shape.Keys(
                "parameters",
                List.of(
                        optional("trees", new Shape.Whole(1, MOST_TREES), "How many trees.", (long) usual.trees()),
                        optional("depth", new Shape.Whole(1, MOST_DEPTH), "How deep a tree may be.", (long)
                                usual.depth()),
                        optional(
                                "learning_rate",
                                new Shape.Decimal(0, true, 1, false),
                                "How much each tree counts.",
                                Plain.number(usual.learningRate())),
                        optional(
                                "subsample",
                                new Shape.Decimal(0, true, 1, false),
                                "The share of rows that each tree sees.",
                                Plain.number(usual.subsample())),
                        optional(
                                "column_sample",
                                new Shape.Decimal(0, true, 1, false),
                                "The share of features that each tree sees.",
                                Plain.number(usual.columnSample())),
                        optional(
                                "min_child_weight",
                                Shape.Decimal.between(0, MOST_PENALTY),
                                "The least weight of a leaf.",
                                Plain.number(usual.minChildWeight())),
                        optional(
                                "lambda",
                                Shape.Decimal.between(0, MOST_PENALTY),
                                "The penalty on the squares of leaf values.",
                                Plain.number(usual.lambda())),
                        monotone()));
    }

    private static Shape.Keys tuned() {
        Tuned usual = Tuned.DEFAULT;
        return new Shape.Keys(
                "parameters",
                List.of(
                        optional(
                                "candidates",
                                new Shape.Whole(1, Tuned.MOST_CANDIDATES),
                                "How many settings are tried.",
                                (long) usual.candidates()),
                        optional(
                                "folds",
                                new Shape.Whole(2, Tuned.MOST_FOLDS),
                                "The folds of the cross-validation that they are compared by.",
                                (long) usual.folds()),
                        monotone()));
    }

    private static Shape.Property monotone() {
        return optional(
                "monotone",
                new Shape.Named(
                        "a map of features",
                        FEATURE,
                        new Shape.Choice("a direction", List.of(RISING, FALLING)),
                        0,
                        MOST_FEATURES),
                "Features with which the probability may only rise or only fall.",
                Map.of());
    }

    private static Shape.Keys label() {
        return new Shape.Keys(
                "a label",
                List.of(
                        required("stream", Grammar.NAME, "The stream whose events bring the truth."),
                        required(
                                "key",
                                Grammar.FIELD,
                                "The field of that stream that equals the key of the asking event."),
                        required(
                                "value",
                                Grammar.FIELD,
                                "The field that tells, also a derived one: a boolean whose true is the positive class, a text that names one of several classes, or a number.")));
    }

    private static Shape.Keys split() {
        return new Shape.Keys(
                "a split",
                List.of(
                        optional(
                                "train",
                                Shape.Decimal.inside(0, 1),
                                "The share to train on.",
                                TimeSplit.DEFAULT.train()),
                        optional(
                                "calibrate",
                                new Shape.Decimal(0, false, 1, true),
                                "The share to calibrate on.",
                                TimeSplit.DEFAULT.calibrate()),
                        optional(
                                "history",
                                Grammar.SPAN,
                                "Only rows of the newest time of this length; all there are if absent.")));
    }

    private static Shape.Tagged gate() {
        Shape.Decimal value = Shape.Decimal.between(0, MOST_GATE);
        Shape.Tagged bound = new Shape.Tagged(
                "a bound",
                List.of(
                        Shape.Variant.of(
                                required(Grammar.word(Gate.Bound.AT_LEAST), value, "Refuse a version below this.")),
                        Shape.Variant.of(
                                required(Grammar.word(Gate.Bound.AT_MOST), value, "Refuse a version above this."))));
        return new Shape.Tagged(
                "a gate",
                Arrays.stream(Gate.Metric.values())
                        .map(metric -> Shape.Variant.of(
                                required(metric.label(), bound, "A bound on this metric, measured on the test part.")))
                        .toList());
    }

    static Shape.Keys decision() {
        return new Shape.Keys(
                "a decision",
                List.of(
                        required("on", Grammar.NAME, "The stream whose events ask the question."),
                        required("model", Grammar.NAME, "The model that answers."),
                        optional(
                                "subject",
                                Grammar.FIELD,
                                "The field that names the person concerned, whose key seals personal fields."),
                        optional(
                                "shadows",
                                new Shape.Items("a list of models", Grammar.NAME, 0, MOST_SHADOWS),
                                "Models that are asked along without effect.",
                                List.of()),
                        required(
                                "outcomes",
                                new Shape.Items(
                                        "a list of outcomes",
                                        new Shape.Either(
                                                "an outcome",
                                                CLASS,
                                                new Shape.Named(
                                                        "one outcome: its name and from which probability or value",
                                                        LABEL,
                                                        Shape.Decimal.ANY,
                                                        1,
                                                        1)),
                                        1,
                                        MOST_OUTCOMES),
                                "Of two classes bands of probability, highest first: the outcome and from where it holds, the last from 0. Of several the names of the classes. Of a number bands of value, the last a name alone."),
                        optional("abstain", abstention(), "When to answer REVIEW instead; never if absent."),
                        optional("reasons", new Shape.Whole(0, MOST_REASONS), "How many causes to give.", 3L),
                        optional(
                                "max_age",
                                Grammar.SPAN,
                                "Features older than this leave a verdict; no limit if absent."),
                        optional(
                                "cache",
                                new Shape.Whole(0, MOST_CACHED),
                                "How many scores to keep for equal inputs.",
                                0L),
                        optional(
                                "review",
                                review(),
                                "How cases left to a person are settled; within a day by one person if absent."),
                        optional(
                                "words",
                                new Shape.Named("a map of features", FEATURE, words(), 0, MOST_FEATURES),
                                "What features are called in reasons, for people.",
                                Map.of()),
                        StakesGrammar.costs(),
                        StakesGrammar.adverse(),
                        StakesGrammar.guarded(),
                        StakesGrammar.groupThresholds()));
    }

    private static Shape.Keys abstention() {
        return new Shape.Keys(
                "an abstention",
                List.of(
                        required(
                                "coverage",
                                Shape.Decimal.inside(0, 1),
                                "The share of prediction sets that shall hold the truth, e.g. 0.9."),
                        optional(
                                "rate",
                                new Shape.Decimal(0, true, 1, false),
                                "The step of the adaptive rule; larger follows drift faster and wobbles more.",
                                0.005),
                        optional(
                                "widest",
                                new Shape.Decimal(0, true, Double.MAX_VALUE, false),
                                "Of a number: the widest interval with which to decide, in its unit; any if absent.")));
    }

    private static Shape.Keys review() {
        ReviewPolicy usual = ReviewPolicy.DEFAULT;
        return new Shape.Keys(
                "a review policy",
                List.of(
                        optional(
                                "due",
                                Grammar.SPAN,
                                "How long after the question a case should be settled.",
                                Durations.text(usual.due())),
                        optional("four_eyes", new Shape.Toggle(), "Two different people must agree.", usual.fourEyes()),
                        optional(
                                "teaches",
                                new Shape.Toggle(),
                                "A verdict counts as the truth, as feedback and label; false where the truth comes by itself.",
                                usual.teaches())));
    }

    static Shape.Keys words() {
        return new Shape.Keys(
                "names for people",
                List.of(
                        required("en", Grammar.PROSE, "Its name in English."),
                        required("zh", Grammar.PROSE, "Its name in Chinese.")));
    }
}
