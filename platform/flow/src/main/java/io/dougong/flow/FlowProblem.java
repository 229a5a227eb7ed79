package io.dougong.flow;

import io.dougong.documents.Fault;
import io.dougong.kernel.Problem;
import io.dougong.kernel.Suggest;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A workflow that cannot be read, started or controlled as asked. */
public abstract sealed class FlowProblem extends Problem {

    private static final int SHOWN_FAULTS = 50;

    private FlowProblem(Kind kind, String code, String message, String advice, @Nullable Throwable cause) {
        super(kind, code, message, advice, cause);
    }

    public static FlowProblem faulty(String what, List<Fault> faults) {
        return new Faulty(what, faults);
    }

    static FlowProblem unusableValue(String what, String advice) {
        return new Refused(Kind.BAD_INPUT, "bad-value", what + " cannot be kept by a workflow.", advice);
    }

    static FlowProblem badParameters(String message, String advice) {
        return new Refused(Kind.BAD_INPUT, "bad-parameters", message, advice);
    }

    static FlowProblem badExpression(String expression, String why) {
        return new Refused(Kind.BAD_INPUT, "bad-expression", "In '" + expression + "': " + why, "");
    }

    static FlowProblem noWorkflow(String name, Collection<String> known) {
        return new Refused(
                Kind.NOT_FOUND, "no-workflow", "There is no workflow '" + name + "'.", Suggest.near(name, known));
    }

    static FlowProblem noRun(String id) {
        return new Refused(Kind.NOT_FOUND, "no-run", "There is no run '" + id + "'.", "");
    }

    static FlowProblem noStep(String path, Collection<String> known) {
        return new Refused(
                Kind.NOT_FOUND, "no-step", "The run has no step '" + path + "' yet.", Suggest.near(path, known));
    }

    static FlowProblem noKind(String kind, Collection<String> known) {
        return new Refused(
                Kind.BAD_INPUT, "no-step-kind", "There is no kind of step '" + kind + "'.", Suggest.near(kind, known));
    }

    /** What is asked does not fit the state. */
    static FlowProblem unfit(String message, String advice) {
        return new Refused(Kind.CONFLICT, "run-state", message, advice);
    }

    static FlowProblem overloaded(String message) {
        return new Refused(Kind.OVERLOADED, "too-much-work", message, "Try again later.");
    }

    /** Another generation has taken over; nothing of this one is written any more. */
    public static FlowProblem fenced(long generation, long newer) {
        return new Storage(
                "fenced",
                "This node's generation " + generation + " was taken over by generation " + newer
                        + ", so its outcomes are not recorded.",
                "Maybe another process opened the same journal.",
                null);
    }

    /** The journal could not be written or read. */
    public static FlowProblem journal(String what, Throwable cause) {
        return new Storage(
                "journal-unusable",
                "The workflow journal could not be " + what + ": " + cause.getMessage(),
                "Maybe the disk is full.",
                cause);
    }

    public static FlowProblem closed() {
        return new Storage("flow-closed", "The workflow engine is closed.", "", null);
    }

    /** A document with mistakes, each with line and column. */
    public static final class Faulty extends FlowProblem {

        private final List<Fault> faults;

        private Faulty(String what, List<Fault> faults) {
            super(Kind.BAD_INPUT, "bad-" + what, message(what, faults), "", null);
            this.faults = List.copyOf(faults);
        }

        public List<Fault> faults() {
            return faults;
        }

        private static String message(String what, List<Fault> faults) {
            String head = "The " + what + " has " + (faults.size() == 1 ? "a mistake:" : faults.size() + " mistakes:");
            String rest = faults.size() > SHOWN_FAULTS ? "\n  … and " + (faults.size() - SHOWN_FAULTS) + " more" : "";
            return faults.stream()
                    .limit(SHOWN_FAULTS)
                    .map(Fault::text)
                    .collect(Collectors.joining("\n  ", head + "\n  ", rest));
        }
    }

    /** Something that cannot be done as asked; nothing was changed. */
    public static final class Refused extends FlowProblem {

        private Refused(Kind kind, String code, String message, String advice) {
            super(kind, code, message, advice, null);
        }
    }

    /** What was asked may be tried again once the store is well. */
    public static final class Storage extends FlowProblem {

        private Storage(String code, String message, String advice, @Nullable Throwable cause) {
            super(Kind.UNAVAILABLE, code, message, advice, cause);
        }
    }
}
