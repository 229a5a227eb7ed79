package io.dougong.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dougong.kernel.Json;
import io.dougong.kernel.Problem;
import io.dougong.kernel.Suggest;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Prints what went wrong to standard error and turns it into an exit code. */
final class Failures {

    private Failures() {}

    static int execution(Exception failed, CommandLine line, ParseResult parsed) {
        return switch (failed) {
            case Refusal refusal -> print(line, refusal);
            case Problem problem ->
                print(line, Refusal.of(Exit.REFUSED, problem.code(), problem.getMessage(), problem.advice()));
            default -> print(line, unforeseen(failed));
        };
    }

    private static Refusal unforeseen(Exception failed) {
        return Refusal.of(
                Exit.INTERNAL,
                "internal",
                "The command itself failed: " + failed + ".",
                "Please report this, with what you typed.");
    }

    static int parameters(ParameterException wrong, String[] arguments) {
        CommandLine line = wrong.getCommandLine();
        String advice = suggestion(wrong) + "'" + line.getCommandSpec().qualifiedName() + " --help' shows how.";
        boolean json = Arrays.asList(arguments).contains("--json");
        print(line, json, Refusal.of(Exit.USAGE, "usage", message(wrong), advice));
        return Exit.USAGE;
    }

    private static String message(ParameterException wrong) {
        String message = wrong.getMessage() == null ? "wrong usage" : wrong.getMessage();
        return message.endsWith(".") ? message : message + ".";
    }

    private static String suggestion(ParameterException wrong) {
        if (!(wrong instanceof UnmatchedArgumentException unmatched)
                || unmatched.getUnmatched().isEmpty()) {
            return "";
        }
        String found = unmatched.getUnmatched().getFirst();
        CommandLine line = wrong.getCommandLine();
        List<String> known = found.startsWith("-")
                ? List.copyOf(line.getCommandSpec().optionsMap().keySet())
                : List.copyOf(line.getSubcommands().keySet());
        return Suggest.nearest(found, known)
                .map(near -> "Did you mean '" + near + "'? ")
                .orElse("");
    }

    private static int print(CommandLine line, Refusal refusal) {
        boolean json = line.getCommandSpec().userObject() instanceof Command command && command.json();
        return print(line, json, refusal);
    }

    private static int print(CommandLine line, boolean json, Refusal refusal) {
        Screen screen = new Screen(line.getErr(), line.getColorScheme().ansi());
        if (json) {
            ObjectNode problem = refusal.problem().deepCopy();
            screen.line(Json.text(problem.put("exit", refusal.exitCode())));
        } else {
            screen.line(screen.style("red", "dougong: ") + refusal.getMessage());
            if (!refusal.advice().isEmpty()) {
                screen.line(screen.style("faint", "         " + refusal.advice()));
            }
        }
        return refusal.exitCode();
    }
}
