package io.dougong.models;

import io.dougong.kernel.Digest;
import io.dougong.kernel.Problem;
import io.dougong.kernel.Suggest;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** What can go wrong with a model, its artifact or its registry. */
public abstract sealed class ModelProblem extends Problem {

    private ModelProblem(Kind kind, String code, String message, String advice, @Nullable Throwable cause) {
        super(kind, code, message, advice, cause);
    }

    /** No reader for this kind of model. */
    public static final class UnknownFormat extends ModelProblem {
        public UnknownFormat(String format, Collection<String> known) {
            super(
                    Kind.BAD_INPUT,
                    "unknown-model-format",
                    "No reader for model format '" + format + "'.",
                    Suggest.near(format, known),
                    null);
        }
    }

    /** The bytes are not a whole model or artifact. */
    public static final class Corrupt extends ModelProblem {
        public Corrupt(String what, String why, @Nullable Throwable cause) {
            super(
                    Kind.CORRUPT,
                    "corrupt-model",
                    "The " + what + " cannot be read: " + why + ".",
                    "Maybe the file was cut off or is of another kind; export it again.",
                    cause);
        }
    }

    /** A good model that uses something this release does not compute. */
    public static final class Unsupported extends ModelProblem {
        public Unsupported(String what, String advice) {
            super(Kind.BAD_INPUT, "unsupported-model", what, advice, null);
        }
    }

    /** A row, a name or a parameter that does not fit the model. */
    public static final class BadInput extends ModelProblem {
        public BadInput(String code, String message, String advice) {
            super(Kind.BAD_INPUT, code, message, advice, null);
        }
    }

    /** Written by a newer release. */
    public static final class NewerFormat extends ModelProblem {
        public NewerFormat(int found, int known) {
            super(
                    Kind.CONFLICT,
                    "newer-artifact",
                    "The model artifact has format version " + found + "; this release reads up to " + known + ".",
                    "Use the release that wrote it, or a newer one.",
                    null);
        }
    }

    /** The registry has no such model, version, alias or digest. */
    public static final class NotFound extends ModelProblem {
        private NotFound(String code, String message, String advice) {
            super(Kind.NOT_FOUND, code, message, advice, null);
        }

        public static NotFound model(String name, Collection<String> known) {
            String advice = known.isEmpty() ? "Nothing is registered yet." : Suggest.near(name, known);
            return new NotFound("unknown-model", "There is no registered model '" + name + "'.", advice);
        }

        public static NotFound version(String name, int version, int newest) {
            return new NotFound(
                    "unknown-version",
                    "Model '" + name + "' has no version " + version + ".",
                    "The newest is " + newest + ".");
        }

        public static NotFound alias(String name, String alias, Collection<String> known) {
            return new NotFound(
                    "unknown-alias",
                    "Model '" + name + "' has no alias '" + alias + "'.",
                    known.isEmpty() ? "None is set." : Suggest.near(alias, known));
        }

        public static NotFound digest(Digest digest) {
            return new NotFound("unknown-digest", "No registered model has the digest " + digest + ".", "");
        }
    }

    /** What is on disk is not what was registered. */
    public static final class Tampered extends ModelProblem {
        public Tampered(Digest expected, Digest found) {
            super(
                    Kind.CORRUPT,
                    "model-digest-mismatch",
                    "The artifact registered as " + expected.brief() + "… now has the digest " + found.brief() + "….",
                    "The file was changed or damaged; restore it from a backup.",
                    null);
        }
    }

    /** A native runtime failed. */
    public static final class RuntimeFailed extends ModelProblem {
        public RuntimeFailed(String runtime, Throwable cause) {
            super(Kind.INTERNAL, "model-runtime-failed", runtime + " failed: " + cause.getMessage() + ".", "", cause);
        }
    }
}
