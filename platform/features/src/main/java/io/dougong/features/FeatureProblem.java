package io.dougong.features;

import io.dougong.kernel.Problem;
import io.dougong.kernel.Suggest;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** What can go wrong with features. */
public abstract sealed class FeatureProblem extends Problem {

    private FeatureProblem(Kind kind, String code, String message, String advice, @Nullable Throwable cause) {
        super(kind, code, message, advice, cause);
    }

    /** A view or derived field that cannot be computed as declared. */
    public static final class BadDefinition extends FeatureProblem {
        private BadDefinition(String message, String advice) {
            super(Kind.BAD_INPUT, "bad-feature-definition", message, advice, null);
        }
    }

    public static final class UnknownFeature extends FeatureProblem {
        private UnknownFeature(String message, String advice) {
            super(Kind.NOT_FOUND, "unknown-feature", message, advice, null);
        }
    }

    /** A query compiled for other definitions than those in force, or a row of another schema than the one compiled for. */
    public static final class Stale extends FeatureProblem {
        private Stale(String message, String advice) {
            super(Kind.CONFLICT, "stale-feature-query", message, advice, null);
        }
    }

    /** The kept state cannot be read or written. */
    public static final class StateFailed extends FeatureProblem {
        private StateFailed(Kind kind, String code, String message, String advice, @Nullable Throwable cause) {
            super(kind, code, message, advice, cause);
        }
    }

    public static final class Closed extends FeatureProblem {
        private Closed() {
            super(Kind.UNAVAILABLE, "features-closed", "The feature store is closed.", "", null);
        }
    }

    public static FeatureProblem bad(String what, String advice) {
        return new BadDefinition(what, advice);
    }

    public static FeatureProblem unknown(String feature, Collection<String> known) {
        return new UnknownFeature("There is no feature '" + feature + "'.", Suggest.near(feature, known));
    }

    public static FeatureProblem stale(String what) {
        return new Stale(what, "Compile the query again from the definitions in force.");
    }

    public static FeatureProblem stateFailed(String what, Throwable cause) {
        return new StateFailed(
                Kind.UNAVAILABLE,
                "feature-state-unavailable",
                "The feature state in " + what + " could not be read or written: " + cause.getMessage() + ".",
                "Maybe the disk is full or the folder is not writable.",
                cause);
    }

    public static FeatureProblem corrupt(String where) {
        return new StateFailed(
                Kind.CORRUPT,
                "feature-state-corrupt",
                "The feature state is damaged at " + where + ".",
                "Remove the folder: it is rebuilt from the event log.",
                null);
    }

    public static FeatureProblem closed() {
        return new Closed();
    }
}
