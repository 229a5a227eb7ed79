package io.dougong.apps.tabular;

import io.dougong.kernel.Json;
import io.dougong.kernel.Problem;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;

/** The work behind {@code dougong try}: ends with a home folder that a server can be started on. */
public final class Try {

    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final int INTERNAL = 70;

    private Try() {}

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(Arrays.asList(arguments), out, err));
    }

    /**
     * The same in this process.
     *
     * @param out where the story is told
     * @return the exit code
     */
    public static int run(List<String> arguments, PrintStream out, PrintStream err) {
        try {
            Options options = Options.parse(arguments);
            PrintStream told = options.json() ? err : out;
            Report report = new Trial(options, new Steps(told)).run();
            byte[] json = Json.bytes(report);
            Files.write(options.home().resolve("try.json"), json);
            if (!options.json()) {
                new Story(out).tell(report);
            }
            return 0;
        } catch (IllegalArgumentException misused) {
            err.println("dougong try: " + misused.getMessage() + " See 'dougong try --help'.");
            return USAGE;
        } catch (Problem problem) {
            err.println("dougong try: " + problem.explained());
            return FAILED;
        } catch (IOException | UncheckedIOException broken) {
            err.println("dougong try: " + broken.getMessage());
            return FAILED;
        } catch (RuntimeException unexpected) {
            err.println("dougong try: an error of ours; please report it with what follows.");
            unexpected.printStackTrace(err);
            return INTERNAL;
        }
    }
}
