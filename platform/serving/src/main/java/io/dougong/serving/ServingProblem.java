package io.dougong.serving;

import io.dougong.kernel.Problem;
import io.dougong.kernel.Suggest;
import java.util.Collection;

/** What serving refuses. */
public final class ServingProblem extends Problem {

    private ServingProblem(Kind kind, String code, String message, String advice) {
        super(kind, code, message, advice);
    }

    static ServingProblem noChampion(String decision, String model) {
        return new ServingProblem(
                Kind.CONFLICT,
                "no-champion",
                "Decision '" + decision + "' cannot be made: model '" + model + "' has no champion yet.",
                "Train it, then promote a version.");
    }

    static ServingProblem erased(String field) {
        return new ServingProblem(
                Kind.GONE,
                "person-erased",
                "The value of '" + field + "' is gone: the person was erased.",
                "The record still stands in the audit chain, but it can no longer be computed again.");
    }

    static ServingProblem badShares(double challenger, double canary) {
        return new ServingProblem(
                Kind.BAD_INPUT,
                "bad-shares",
                "Shares of challenger " + challenger + " and canary " + canary
                        + " are negative or more than 1 together.",
                "The champion takes the rest.");
    }

    static ServingProblem unknownFeature(String name, Collection<String> known) {
        return new ServingProblem(
                Kind.BAD_INPUT,
                "unknown-feature",
                "The decision has no feature or input '" + name + "'.",
                Suggest.near(name, known));
    }

    static ServingProblem wrongKind(String name, Object value, Object recorded) {
        return new ServingProblem(
                Kind.BAD_INPUT,
                "wrong-kind",
                "'" + name + "' cannot be '" + value + "': it is a " + kind(recorded) + ".",
                "");
    }

    private static String kind(Object value) {
        return switch (value) {
            case String _ -> "text";
            case Boolean _ -> "boolean";
            default -> "number";
        };
    }
}
