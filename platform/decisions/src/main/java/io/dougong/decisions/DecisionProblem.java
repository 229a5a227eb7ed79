package io.dougong.decisions;

import io.dougong.kernel.Problem;

/** What can go wrong with a recorded decision. */
public final class DecisionProblem extends Problem {

    private DecisionProblem(Kind kind, String code, String message, String advice) {
        super(kind, code, message, advice);
    }

    public static DecisionProblem unknown(String id) {
        return new DecisionProblem(
                Kind.NOT_FOUND,
                "unknown-decision",
                "There is no decision '" + id + "'.",
                "Maybe it was not acknowledged, or its retention is over; 'decisions list' shows the newest.");
    }

    public static DecisionProblem unreadable(int version, int known) {
        return new DecisionProblem(
                Kind.CONFLICT,
                "newer-record",
                "The decision record has version " + version + "; this release reads up to " + known + ".",
                "Use the release that wrote it, or a newer one.");
    }

    public static DecisionProblem corrupt(String why) {
        return new DecisionProblem(
                Kind.CORRUPT,
                "corrupt-record",
                "The decision record cannot be read: " + why + ".",
                "Run 'audit verify'.");
    }

    public static DecisionProblem badReceipt(String why) {
        return new DecisionProblem(
                Kind.BAD_INPUT,
                "bad-receipt",
                "The receipt does not verify: " + why + ".",
                "Nothing in it can be trusted.");
    }
}
