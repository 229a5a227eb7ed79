package io.dougong.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dougong.kernel.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "try",
        sortOptions = false,
        description = "Learn from a table in a file and serve it: reads, profiles, splits, trains, compares, explains.",
        footer = {
            "%nExamples:",
            "  dougong try loans.csv --label status --protected sex --protected 'age<=25'",
            "  dougong try orders.parquet --label returned --time ordered_at --no-serve",
            "",
            "CSV, TSV (any delimiter, also .gz) and Parquet. What it wrote, app.yaml, is yours to edit and apply."
        })
final class TryCommand extends Command {

    private static final int USUAL_PORT = 7420;

    @Parameters(paramLabel = "FILE", description = "The table.")
    @Nullable
    Path file;

    @Option(names = "--label", required = true, paramLabel = "COLUMN", description = "What is to be predicted.")
    @Nullable
    String label;

    @Option(
            names = "--protected",
            paramLabel = "COLUMN",
            description = "Measure fairness by it and keep it from the models; also 'age<=25'. Repeatable.")
    List<String> guarded = new ArrayList<>();

    @Option(
            names = "--time",
            paramLabel = "COLUMN",
            description =
                    "Orders the rows: older train, newer test (default: a date column, if there is one; '' for none).")
    @Nullable
    String time;

    @Option(
            names = "--task",
            paramLabel = "TASK",
            description = "auto, binary, multiclass or regression (default: auto, by the label).")
    @Nullable
    String task;

    @Option(
            names = "--positive",
            paramLabel = "VALUE",
            description = "The class to predict (default: the event or rarer one).")
    @Nullable
    String positive;

    @Option(
            names = "--favourable",
            paramLabel = "VALUE",
            description = "The class that is good for the person (default: the other one).")
    @Nullable
    String favourable;

    @Option(names = "--drop", paramLabel = "COLUMN", description = "Keep it from the models. Repeatable.")
    List<String> drop = new ArrayList<>();

    @Option(
            names = "--keep",
            paramLabel = "COLUMN",
            description = "Give it to the models although it looks like a leak, an id or a copy. Repeatable.")
    List<String> keep = new ArrayList<>();

    @Option(names = "--delimiter", paramLabel = "CHAR", description = "Instead of the one found; 'tab' for a tab.")
    @Nullable
    String delimiter;

    @Option(names = "--encoding", paramLabel = "NAME", description = "Instead of the one found, e.g. gb18030.")
    @Nullable
    String encoding;

    @Option(names = "--name", paramLabel = "NAME", description = "Of the application (default: by the file).")
    @Nullable
    String name;

    @Option(
            names = "--folds",
            paramLabel = "N",
            description = "Measure both models also by cross-validation over all rows.")
    @Nullable
    Integer folds;

    @Option(names = "--seed", paramLabel = "N", description = "Of everything random (default: 7).")
    @Nullable
    Long seed;

    @Option(names = "--port", paramLabel = "PORT", description = "Of the server (default: 7420, or a free one).")
    @Nullable
    Integer port;

    @Option(names = "--no-serve", description = "Stop when the model is registered.")
    boolean unserved;

    @Option(names = "--detach", description = "Leave the server running and return.")
    boolean detach;

    @Option(names = "--seconds", paramLabel = "N", description = "Stop the server after so many seconds.")
    @Nullable
    Long seconds;

    @Override
    public Integer call() {
        HomeFolder home = home();
        home.running().ifPresent(running -> {
            throw Refusal.of(
                    Exit.REFUSED,
                    "running-already",
                    "A server runs on " + home.path() + " already: " + running.url() + ".",
                    "Stop it with 'dougong down --home " + home.path() + "', or use --name or --home.");
        });
        int chosen = unserved ? 0 : portToTake();
        int code = ServerProcess.tryOut(arguments(home));
        if (code != Exit.OK) {
            return code;
        }
        ObjectNode result = report(home);
        return unserved ? finished(result) : serve(home, result, chosen);
    }

    /** {@code --home}, else a folder of the application's name beside the others that were tried. */
    private HomeFolder home() {
        Path folder = target.home;
        if (folder != null) {
            return new HomeFolder(folder.toAbsolutePath());
        }
        Path base = target.homeFolder().path().resolve("try");
        return new HomeFolder(base.resolve(name == null ? nameOfFile() : name));
    }

    private String nameOfFile() {
        String base = String.valueOf(java.util.Objects.requireNonNull(file).getFileName())
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\.(gz|csv|tsv|txt|parquet)", "");
        String plain = base.replaceAll("[^a-z0-9]+", "-").replaceAll("^[^a-z]+|-+$", "");
        return plain.isEmpty() ? "table" : plain.substring(0, Math.min(plain.length(), 40));
    }

    private List<String> arguments(HomeFolder home) {
        List<String> arguments = new ArrayList<>();
        arguments.add(String.valueOf(file));
        add(arguments, "--label", label);
        guarded.forEach(each -> add(arguments, "--protected", each));
        add(arguments, "--time", time);
        add(arguments, "--task", task);
        add(arguments, "--positive", positive);
        add(arguments, "--favourable", favourable);
        drop.forEach(each -> add(arguments, "--drop", each));
        keep.forEach(each -> add(arguments, "--keep", each));
        add(arguments, "--delimiter", delimiter);
        add(arguments, "--encoding", encoding);
        add(arguments, "--name", name);
        add(arguments, "--folds", folds == null ? null : folds.toString());
        add(arguments, "--seed", seed == null ? null : seed.toString());
        add(arguments, "--home", home.path().toString());
        if (json()) {
            arguments.add("--json");
        }
        return arguments;
    }

    private static void add(List<String> arguments, String option, @Nullable String value) {
        if (value != null) {
            arguments.add(option);
            arguments.add(value);
        }
    }

    private static ObjectNode report(HomeFolder home) {
        return (ObjectNode) Json.tree(content(home.path().resolve("try.json")));
    }

    private int finished(JsonNode result) {
        if (json()) {
            screen().compact(result);
        }
        return Exit.OK;
    }

    private int serve(HomeFolder home, ObjectNode result, int chosen) {
        List<String> properties = List.of("-Dquarkus.http.port=" + chosen, "-Dquarkus.http.host=127.0.0.1");
        Process process = ServerProcess.detached(home, properties);
        if (!detach) {
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        }
        HomeFolder.Running running = UpCommand.await(home, process, true);
        result.put("url", running.url()).put("pid", running.pid());
        if (json()) {
            screen().compact(result);
        } else {
            tell(home, result, running);
        }
        return detach ? Exit.OK : stay(process);
    }

    private void tell(HomeFolder home, JsonNode result, HomeFolder.Running running) {
        String application = result.path("application").asText();
        screen().line("");
        screen().good("Served at " + running.url() + (detach ? "" : "  (Ctrl-C stops it)"));
        screen().line("");
        screen().line("Ask it yourself:");
        screen().line("  dougong decide " + application + "/decide --input "
                + home.path().resolve("question.json") + " --home " + home.path());
        screen().line("  dougong replay " + result.path("example").path("id").asText() + " --home " + home.path());
    }

    /** The one asked for or none; the usual one, or else any. */
    private int portToTake() {
        if (port == null) {
            return free(USUAL_PORT) ? USUAL_PORT : 0;
        }
        if (port != 0 && !free(port)) {
            throw Refusal.of(
                    Exit.UNAVAILABLE,
                    "port-taken",
                    "Port " + port + " is taken.",
                    "Name another with --port, or leave it out.");
        }
        return port;
    }

    private static boolean free(int port) {
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    private int stay(Process process) {
        try {
            if (seconds == null) {
                process.waitFor();
            } else if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                process.destroy();
                process.waitFor();
            }
            return Exit.OK;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Exit.UNAVAILABLE;
        }
    }
}
