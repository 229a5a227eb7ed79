package io.dougong.server.console;

import io.dougong.kernel.Problem;

/** What a visitor typed that does not do. */
final class ConsoleProblem extends Problem {

    private ConsoleProblem(Kind kind, String code, String message, String advice) {
        super(kind, code, message, advice);
    }

    static ConsoleProblem notANumber(String text) {
        return new ConsoleProblem(
                Kind.BAD_INPUT, "not-a-number", "'" + text + "' is not a number.", "The value there now is a number.");
    }

    static ConsoleProblem staleLink() {
        return new ConsoleProblem(
                Kind.UNAUTHENTICATED,
                "stale-link",
                "This link was used already, or is too old.",
                "Run 'dougong console' for a new one, or sign in with a token.");
    }
}
