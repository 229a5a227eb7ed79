package io.dougong.apps.flightdelay;

import io.dougong.kernel.Json;
import io.dougong.kernel.Problem;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** {@code ./dougong demo}: replays the flights, trains, decides, checks, and says what happened. */
public final class Demo {

    private static final int USAGE = 2;
    private static final int FAILED = 1;
    private static final int INTERNAL = 70;
    private static final String HELP = """
            Usage: dougong demo [OPTIONS]

            Replays real US flights of 2001 in event time: two thirds train, the rest is decided live.

              --stage HOW       hand: the console walks through, with a 'next' button (default)
                                auto: the same by itself, without waiting for a viewer
                                off: the whole replay, then the console
              --headless        the whole replay, without a server
              --json            the same, ending with one line of JSON
              --data NAME|FILE  sample (default), flights-3m (see 'dougong data pull'), or a Parquet file
              --speed N         event time runs N times as fast as the clock; default: as fast as the machine allows
              --unbroken        nothing goes wrong: what the break cost is the difference
              --home DIR        where the data goes (default: target/demo, emptied first)
              --help            this text
            """;

    /** How the demo is shown. */
    enum Stage {
        HAND,
        AUTO,
        OFF;

        static Stage named(String name) {
            for (Stage stage : values()) {
                if (stage.name().equalsIgnoreCase(name)) {
                    return stage;
                }
            }
            throw new IllegalArgumentException("--stage is hand, auto or off, not '" + name + "'.");
        }
    }

    /** @param speed event seconds per second; 0 for as fast as possible */
    record Options(
            boolean headless, boolean json, Stage stage, String data, double speed, boolean unbroken, Path home) {

        static Options parse(List<String> arguments) {
            boolean headless = false;
            boolean json = false;
            Stage stage = Stage.HAND;
            String data = "sample";
            double speed = 0;
            boolean unbroken = false;
            Path home = Path.of("target", "demo");
            Iterator<String> rest = arguments.iterator();
            while (rest.hasNext()) {
                String argument = rest.next();
                switch (argument) {
                    case "--headless" -> headless = true;
                    case "--json" -> json = true;
                    case "--stage" -> stage = Stage.named(value(argument, rest));
                    case "--data" -> data = value(argument, rest);
                    case "--speed" -> speed = Double.parseDouble(value(argument, rest));
                    case "--unbroken" -> unbroken = true;
                    case "--home" -> home = Path.of(value(argument, rest));
                    default -> throw new IllegalArgumentException("Unknown option '" + argument + "'.");
                }
            }
            return new Options(headless, json, stage, data, speed, unbroken, home);
        }

        private static String value(String option, Iterator<String> rest) {
            if (!rest.hasNext()) {
                throw new IllegalArgumentException("Option " + option + " needs a value.");
            }
            return rest.next();
        }
    }

    private Demo() {}

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.exit(run(Arrays.asList(arguments), out));
    }

    static int run(List<String> arguments, PrintStream out) {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            out.print(HELP);
            return 0;
        }
        try {
            Options options = Options.parse(arguments);
            if (!options.headless() && !options.json() && options.stage() != Stage.OFF) {
                return new StageShow(options, out).play() ? 0 : FAILED;
            }
            Summary summary = new Show(options, out).play();
            if (options.json()) {
                out.println(Json.text(summary));
            } else if (!options.headless()) {
                new StageShow(options, out).open();
            }
            return summary.sound() ? 0 : FAILED;
        } catch (IllegalArgumentException misused) {
            out.println("dougong demo: " + misused.getMessage() + " See 'dougong demo --help'.");
            return USAGE;
        } catch (UncheckedIOException | IllegalStateException broken) {
            out.println("dougong demo: " + broken.getMessage());
            return FAILED;
        } catch (Problem problem) {
            out.println("dougong demo: " + problem.explained());
            return FAILED;
        } catch (RuntimeException unexpected) {
            unexpected.printStackTrace(out);
            return INTERNAL;
        }
    }
}
