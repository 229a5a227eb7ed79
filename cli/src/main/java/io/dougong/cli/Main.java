package io.dougong.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** Entry of the {@code dougong} command. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        // a command speaks to a person; what its libraries would log has no place among that
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int code = commandLine(out, err).execute(arguments);
        out.flush();
        err.flush();
        System.exit(code);
    }

    static CommandLine commandLine(PrintWriter out, PrintWriter err) {
        CommandLine line = new CommandLine(new Dougong());
        line.setOut(out).setErr(err);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExpandAtFiles(false);
        line.setUsageHelpAutoWidth(true);
        line.setExecutionExceptionHandler(Failures::execution);
        line.setParameterExceptionHandler(Failures::parameters);
        return line;
    }
}
