package io.dougong.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "apply",
        description = "Bring an application into force: show what changes, then change it.",
        footer = {"%nExamples:", "  dougong apply app.yaml --plan", "  dougong apply app.yaml"})
final class ApplyCommand extends Command {

    private static final String YAML = "application/yaml";
    private static final int SHORT = 12;

    @Parameters(paramLabel = "FILE", description = "The manifest; '-' is standard input.")
    @Nullable
    Path file;

    @Option(names = "--plan", description = "Only show what would change.")
    boolean planOnly;

    @Override
    public Integer call() {
        byte[] manifest = content(java.util.Objects.requireNonNull(file));
        JsonNode plan = client().post(Client.path(planOnly ? "plans" : "applications"), YAML, manifest);
        return show(plan, () -> print(plan));
    }

    private void print(JsonNode plan) {
        screen().title(plan.path("application").asText());
        plan.path("text").asText().lines().forEach(line -> screen().line("  " + coloured(line)));
        if (!planOnly) {
            screen().good("Version " + plan.path("version").asText().substring(0, SHORT) + " is in force.");
        }
    }

    private String coloured(String line) {
        String colour = line.startsWith("+") ? "green" : line.startsWith("-") ? "red" : "yellow";
        return line.matches("[-+~] .*") ? screen().style(colour, line.substring(0, 1)) + line.substring(1) : line;
    }
}
