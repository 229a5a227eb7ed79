package io.dougong.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "decide",
        description = "Ask for a decision; it is recorded when the answer comes.",
        footer = {
            "%nExamples:",
            "  dougong decide flight-delay/will-be-late --input flight.json",
            "  echo '{\"origin\": \"ATL\", …}' | dougong decide flight-delay/will-be-late --input - --json"
        })
final class DecideCommand extends Command {

    @Parameters(paramLabel = "APP/DECISION", converter = Part.Converter.class)
    @Nullable
    Part decision;

    @Option(
            names = "--input",
            required = true,
            paramLabel = "FILE",
            description = "The question, one JSON object; '-' is standard input.")
    @Nullable
    Path input;

    @Option(names = "--key", paramLabel = "KEY", description = "Asked twice with one key, answered once.")
    @Nullable
    String key;

    @Override
    public Integer call() {
        Part of = java.util.Objects.requireNonNull(decision);
        Map<String, String> query = new LinkedHashMap<>();
        if (key != null) {
            query.put("key", key);
        }
        String path = Client.path("applications", of.application(), "decisions", of.name()) + Client.query(query);
        JsonNode answer = client().post(path, "application/json", content(java.util.Objects.requireNonNull(input)));
        return show(answer, () -> new DecisionCard(screen()).print(answer));
    }
}
