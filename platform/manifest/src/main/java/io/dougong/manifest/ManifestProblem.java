package io.dougong.manifest;

import io.dougong.documents.Fault;
import io.dougong.kernel.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A manifest that cannot be read, is not an application, or may not be applied. */
public abstract sealed class ManifestProblem extends Problem {

    private static final int SHOWN_FAULTS = 50;

    private ManifestProblem(Kind kind, String code, String message, String advice) {
        super(kind, code, message, advice);
    }

    /** Every mistake found, in the order of the file; empty if the file could not be read at all or only the plan refuses. */
    public abstract List<Fault> faults();

    static ManifestProblem faulty(List<Fault> faults) {
        return new Faulty(faults);
    }

    static ManifestProblem missing(Path path) {
        return new Missing(path);
    }

    static ManifestProblem refused(Plan plan) {
        return new Refused(plan);
    }

    /** The text or the code does not describe an application. */
    public static final class Faulty extends ManifestProblem {

        private final List<Fault> faults;

        private Faulty(List<Fault> faults) {
            super(Kind.BAD_INPUT, "bad-manifest", message(faults), "");
            this.faults = List.copyOf(faults);
        }

        @Override
        public List<Fault> faults() {
            return faults;
        }

        private static String message(List<Fault> faults) {
            String head = faults.size() == 1
                    ? "The manifest has a mistake:"
                    : "The manifest has " + faults.size() + " mistakes:";
            String rest = faults.size() > SHOWN_FAULTS ? "\n  … and " + (faults.size() - SHOWN_FAULTS) + " more" : "";
            return faults.stream()
                    .limit(SHOWN_FAULTS)
                    .map(Fault::text)
                    .collect(Collectors.joining("\n  ", head + "\n  ", rest));
        }
    }

    /** There is no such file. */
    public static final class Missing extends ManifestProblem {

        private Missing(Path path) {
            super(
                    Kind.NOT_FOUND,
                    "no-manifest",
                    "There is no readable file '" + path + "'.",
                    "Maybe the path is relative to another directory?");
        }

        @Override
        public List<Fault> faults() {
            return List.of();
        }
    }

    /** What runs cannot become what is wanted. */
    public static final class Refused extends ManifestProblem {

        private final transient Plan plan;

        private Refused(Plan plan) {
            super(
                    Kind.CONFLICT,
                    "plan-refused",
                    "The change is refused: " + String.join(" ", plan.refusals()),
                    "Maybe use a new name beside the old one.");
            this.plan = plan;
        }

        public Plan plan() {
            return plan;
        }

        @Override
        public List<Fault> faults() {
            return List.of();
        }
    }
}
