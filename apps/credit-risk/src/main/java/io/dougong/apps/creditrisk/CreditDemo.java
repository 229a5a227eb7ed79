package io.dougong.apps.creditrisk;

import io.dougong.kernel.Json;
import io.dougong.kernel.Problem;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** {@code ./dougong demo credit-risk}: learns from past loans, decides the others live, explains, prices and checks. */
public final class CreditDemo {

    private static final int USAGE = 2;
    private static final int FAILED = 1;
    private static final int INTERNAL = 70;
    private static final String HELP = """
            Usage: dougong demo credit-risk [OPTIONS]

            Learns from real past loans and decides the others live: costs, reasons for refusals, fairness, stability.
            The tables hold no dates: the order of arrival is a seeded shuffle.

              --headless        do not open the console when done
              --json            end with one line of JSON
              --data NAME       credit_data, lending_club, or both (default)
              --study NAME      instead: fairness (German credit) or rejects (reject inference where the truth is known)
              --home DIR        where the data goes (default: target/credit, emptied first)
              --help            this text
            """;

    /** @param study empty for the demo itself */
    record Options(boolean json, List<Book> books, String study, Path home) {

        static Options parse(List<String> arguments, Path folder) {
            boolean json = false;
            List<Book> books = List.of(Book.creditData(folder), Book.lendingClub(folder));
            String study = "";
            Path home = Path.of("target", "credit");
            Iterator<String> rest = arguments.iterator();
            while (rest.hasNext()) {
                String argument = rest.next();
                switch (argument) {
                    case "--headless" -> {
                        // opening the console is the launcher's part
                    }
                    case "--json" -> json = true;
                    case "--data" -> books = books(value(argument, rest), folder);
                    case "--study" -> study = value(argument, rest);
                    case "--home" -> home = Path.of(value(argument, rest));
                    default -> throw new IllegalArgumentException("Unknown option '" + argument + "'.");
                }
            }
            return new Options(json, books, study, home);
        }

        private static List<Book> books(String name, Path folder) {
            return switch (name) {
                case "credit_data" -> List.of(Book.creditData(folder));
                case "lending_club" -> List.of(Book.lendingClub(folder));
                case "both" -> List.of(Book.creditData(folder), Book.lendingClub(folder));
                default ->
                    throw new IllegalArgumentException(
                            "There is no data set '" + name + "'; use credit_data, lending_club or both.");
            };
        }

        private static String value(String option, Iterator<String> rest) {
            if (!rest.hasNext()) {
                throw new IllegalArgumentException("Option " + option + " needs a value.");
            }
            return rest.next();
        }
    }

    private CreditDemo() {}

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.exit(run(Arrays.asList(arguments), Book.FOLDER, out));
    }

    /** @param folder of the application */
    static int run(List<String> arguments, Path folder, PrintStream out) {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            out.print(HELP);
            return 0;
        }
        try {
            Options options = Options.parse(arguments, folder);
            Steps steps = new Steps(out, System.console() != null && !options.json());
            return options.study().isEmpty() ? play(options, steps, out) : study(options, folder, steps, out);
        } catch (IllegalArgumentException misused) {
            out.println("dougong demo credit-risk: " + misused.getMessage() + " See --help.");
            return USAGE;
        } catch (UncheckedIOException | IllegalStateException broken) {
            out.println("dougong demo credit-risk: " + broken.getMessage());
            return FAILED;
        } catch (Problem problem) {
            out.println("dougong demo credit-risk: " + problem.explained());
            return FAILED;
        } catch (RuntimeException unexpected) {
            unexpected.printStackTrace(out);
            return INTERNAL;
        }
    }

    private static int play(Options options, Steps steps, PrintStream out) {
        Summary summary = new CreditShow(options, steps).play();
        if (options.json()) {
            out.println(Json.text(summary));
        }
        return summary.sound() ? 0 : FAILED;
    }

    private static int study(Options options, Path folder, Steps steps, PrintStream out) {
        Object found = switch (options.study()) {
            case "fairness" -> new FairnessStudy(Book.germanCredit(folder), options.home(), steps).run();
            case "rejects" -> new RejectStudy(folder, options.home(), steps).run();
            default -> throw new IllegalArgumentException("There is no study '" + options.study() + "'.");
        };
        if (options.json()) {
            out.println(Json.text(found));
        }
        return 0;
    }
}
