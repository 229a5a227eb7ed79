package io.dougong.learn;

import io.dougong.kernel.FieldType;
import io.dougong.kernel.Problem;
import io.dougong.kernel.Suggest;
import io.dougong.models.Task;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Why a model could not be trained, or a run not be found. */
public abstract sealed class LearnProblem extends Problem {

    private LearnProblem(Kind kind, String code, String message, String advice, @Nullable Throwable cause) {
        super(kind, code, message, advice, cause);
    }

    /** The request names a stream, field, feature or trainer that is not there, or one that does not fit. */
    public static final class BadRequest extends LearnProblem {
        private BadRequest(String code, String message, String advice) {
            super(Kind.BAD_INPUT, code, message, advice, null);
        }
    }

    /** History does not hold what training needs: rows, labels, or both classes. */
    public static final class NotEnoughData extends LearnProblem {
        private NotEnoughData(String code, String message, String advice) {
            super(Kind.CONFLICT, code, message, advice, null);
        }
    }

    /** History holds more than a data set may. */
    public static final class TooMuchData extends LearnProblem {
        private TooMuchData(String code, String message, String advice) {
            super(Kind.TOO_LARGE, code, message, advice, null);
        }
    }

    public static final class UnknownRun extends LearnProblem {
        private UnknownRun(String run) {
            super(Kind.NOT_FOUND, "unknown-run", "There is no run '" + run + "'.", "List the runs to see them.", null);
        }
    }

    /** The thread that trained was interrupted; nothing was registered. */
    public static final class Interrupted extends LearnProblem {
        private Interrupted(String phase) {
            super(
                    Kind.UNAVAILABLE,
                    "training-interrupted",
                    "Training was interrupted while it was in phase " + phase + ".",
                    "Start it again; nothing was registered.",
                    null);
        }
    }

    /** The trainer itself failed. */
    public static final class TrainerFailed extends LearnProblem {
        private TrainerFailed(String trainer, Throwable cause) {
            super(
                    Kind.INTERNAL,
                    "trainer-failed",
                    "The trainer " + trainer + " failed: " + cause.getMessage() + ".",
                    "Maybe there is too little memory, or a parameter is outside what the trainer takes.",
                    cause);
        }
    }

    static BadRequest unknownStream(String stream, Collection<String> known) {
        return new BadRequest(
                "unknown-stream", "There is no stream '" + stream + "' to learn from.", Suggest.near(stream, known));
    }

    static BadRequest unknownFeature(String feature, Collection<String> known) {
        return new BadRequest(
                "unknown-feature",
                "The model asks for feature '" + feature + "', which nothing provides.",
                Suggest.near(feature, known));
    }

    static BadRequest repeatedFeature(String feature) {
        return new BadRequest(
                "repeated-feature",
                "The model asks for feature '" + feature + "' twice.",
                "Maybe it is also in a view.*");
    }

    static BadRequest noCalibration() {
        return new BadRequest(
                "no-calibration-slice",
                "The split leaves nothing to calibrate on.",
                "Give calibrate a share, e.g. 0.15: the abstention rule starts from it, too.");
    }

    static BadRequest labelDoesNotFit(LabelDefinition label, FieldType type) {
        return new BadRequest(
                "label-does-not-fit",
                "The label " + label.stream() + "." + label.value() + " is of type " + type.label()
                        + ", which does not fit the task "
                        + label.task().label() + ".",
                label.task() == Task.BINARY
                        ? "Maybe say another task, or derive a flag from it, e.g. late: { flag: delay, above: 15 }."
                        : "Maybe say another task.");
    }

    static BadRequest emptyRange(long fromMicros, long toMicros) {
        return new BadRequest(
                "empty-range", "The time range from " + fromMicros + " to " + toMicros + " (µs) is empty.", "");
    }

    static BadRequest noTrainer(TrainerDefinition definition) {
        return new BadRequest(
                "no-trainer",
                "No trainer here knows " + definition.getClass().getSimpleName() + ".",
                "Maybe its module is not on the class path.");
    }

    /** A parameter or imported file that does not fit the model's features. */
    public static BadRequest badTrainer(String message, String advice) {
        return new BadRequest("bad-trainer", message, advice);
    }

    static NotEnoughData noRows(String stream, long asked) {
        String message = asked == 0
                ? "The lake holds no event of stream '" + stream + "' in the time range."
                : "None of the " + asked + " events of stream '" + stream + "' in the time range has a known label.";
        return new NotEnoughData(
                asked == 0 ? "no-rows" : "no-labels",
                message,
                asked == 0
                        ? "Maybe the events have not reached the lake yet, or the range is too narrow."
                        : "Maybe the label's key differs from the asking stream's key, or labels come after 'as of'.");
    }

    static NotEnoughData oneClass(String slice, int rows) {
        return new NotEnoughData(
                rows == 0 ? "empty-slice" : "one-class",
                rows == 0
                        ? "The slice to " + slice + " is empty."
                        : "All " + rows + " rows of the slice to " + slice + " have the same label.",
                "Maybe widen the time range or change the model's split.");
    }

    static TooMuchData tooManyRows(long most) {
        return new TooMuchData(
                "too-many-rows", "The data set has more than " + most + " rows.", "Narrow the time range.");
    }

    static TooMuchData tooManyCategories(String column, int most) {
        return new TooMuchData(
                "too-many-categories",
                "The text feature '" + column + "' has more than " + most + " different values.",
                "Maybe it is an identifier: leave it out, or derive a coarser field.");
    }

    static TooMuchData tooManyClasses(int most) {
        return new TooMuchData(
                "too-many-classes",
                "The label has more than " + most + " different values.",
                "Maybe it is an identifier or a number: say task: regression for a number.");
    }

    static UnknownRun unknownRun(String run) {
        return new UnknownRun(run);
    }

    public static Interrupted interrupted(Progress.Phase phase) {
        return new Interrupted(phase.label());
    }

    public static TrainerFailed trainerFailed(String trainer, Throwable cause) {
        return new TrainerFailed(trainer, cause);
    }
}
