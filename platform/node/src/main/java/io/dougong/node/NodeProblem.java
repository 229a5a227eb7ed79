package io.dougong.node;

import io.dougong.kernel.Problem;
import io.dougong.kernel.Suggest;
import io.dougong.models.Task;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a node refuses, or cannot do now. */
public final class NodeProblem extends Problem {

    private NodeProblem(Kind kind, String code, String message, String advice, @Nullable Throwable cause) {
        super(kind, code, message, advice, cause);
    }

    static NodeProblem unknownApplication(String name, String near) {
        return new NodeProblem(
                Kind.NOT_FOUND,
                "unknown-application",
                "There is no application '" + name + "' here.",
                near.isEmpty() ? "Apply its manifest first." : near,
                null);
    }

    static NodeProblem unknownPart(String what, String name, String application, String near) {
        return new NodeProblem(
                Kind.NOT_FOUND,
                "unknown-" + what,
                "Application '" + application + "' has no " + what + " '" + name + "'.",
                near,
                null);
    }

    static NodeProblem notHealed(String model) {
        return new NodeProblem(
                Kind.CONFLICT,
                "not-healed",
                "Model '" + model + "' is watched, but not healed.",
                "Add it to 'healing' in the manifest.",
                null);
    }

    static NodeProblem noChampion(String model) {
        return new NodeProblem(
                Kind.CONFLICT,
                "no-champion",
                "Model '" + model + "' has no champion yet.",
                "Train it, then promote a version to champion.",
                null);
    }

    static NodeProblem stopped(String follower, Throwable cause) {
        return new NodeProblem(
                Kind.UNAVAILABLE,
                "follower-stopped",
                "The " + follower + " has stopped: " + cause.getMessage() + ".",
                "Nothing acknowledged is lost: it goes on from the log after a restart. Run 'doctor'.",
                cause);
    }

    static NodeProblem labelledBefore(String decision) {
        return new NodeProblem(
                Kind.CONFLICT,
                "labelled-before",
                "Decision '" + decision + "' already has a label.",
                "The first truth counts; nothing was changed.",
                null);
    }

    static NodeProblem badTruth(Object truth, Task task, List<String> classes) {
        String expected = switch (task) {
            case BINARY -> "true or false";
            case MULTICLASS -> "the name of a class";
            case REGRESSION -> "a finite number";
        };
        return new NodeProblem(
                Kind.BAD_INPUT,
                "bad-truth",
                "The label '" + truth + "' is not what this decision asks about: it expects " + expected + ".",
                Suggest.near(String.valueOf(truth), classes),
                null);
    }

    static NodeProblem badRollout(String why) {
        return new NodeProblem(Kind.BAD_INPUT, "bad-rollout", why, "", null);
    }

    static NodeProblem gatesFailed(String model, int version, String failed) {
        return new NodeProblem(
                Kind.CONFLICT,
                "gates-failed",
                "Version " + version + " of '" + model + "' did not pass its gates: " + failed + ".",
                "Improve it, or change the gates in the manifest.",
                null);
    }

    static NodeProblem noLetter(String decision, String why, String advice) {
        return new NodeProblem(
                Kind.CONFLICT, "no-letter", "Decision '" + decision + "' has no letter: " + why + ".", advice, null);
    }

    static NodeProblem badBackup(String why, String advice) {
        return new NodeProblem(Kind.BAD_INPUT, "bad-backup", why, advice, null);
    }

    static NodeProblem badAuditCopy(String why, String advice) {
        return new NodeProblem(Kind.BAD_INPUT, "bad-audit-copy", why, advice, null);
    }

    static NodeProblem timedOut(String what) {
        return new NodeProblem(
                Kind.UNAVAILABLE,
                "timed-out",
                what + " did not finish in time.",
                "Try again, or look at 'status'.",
                null);
    }
}
