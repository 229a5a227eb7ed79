package io.dougong.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "replay",
        description = "Compute a recorded decision again and compare, or ask what would have been.",
        footer = {
            "%nExamples:",
            "  dougong replay ID                  # 0 if identical to the bit, else 1",
            "  dougong replay ID --as-of-lake     # with the features computed again from the lake",
            "  dougong replay ID --set origin=SFO # what would have been?"
        })
final class ReplayCommand extends Command {

    @Parameters(paramLabel = "ID")
    @Nullable
    String id;

    @Option(names = "--as-of-lake", description = "Compute the features again from the lake.")
    boolean asOfLake;

    @Option(
            names = "--set",
            paramLabel = "FEATURE=VALUE",
            description = "Another value for a feature or a field of the question.")
    Map<String, String> set = new LinkedHashMap<>();

    @Override
    public Integer call() {
        ObjectNode body = object().put("asOfLake", asOfLake);
        ObjectNode values = body.putObject("set");
        set.forEach((name, text) -> put(values, name, text));
        JsonNode replay = client().post(Client.path("decisions", java.util.Objects.requireNonNull(id), "replay"), body);
        show(replay, () -> print(replay));
        return set.isEmpty() && !replay.path("identical").asBoolean() ? Exit.REFUSED : Exit.OK;
    }

    /** A value as it is written: number, true, false, else text. */
    static void put(ObjectNode values, String name, String text) {
        if (text.matches("-?\\d{1,18}")) {
            values.put(name, Long.parseLong(text));
        } else if (text.matches("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?")) {
            values.put(name, Double.parseDouble(text));
        } else if (text.equals("true") || text.equals("false")) {
            values.put(name, Boolean.parseBoolean(text));
        } else {
            values.put(name, text);
        }
    }

    private void print(JsonNode replay) {
        if (set.isEmpty()) {
            if (replay.path("identical").asBoolean()) {
                screen().good("Identical to the bit.");
            } else {
                screen().bad("Not identical:");
            }
        } else {
            new DecisionCard(screen()).print(replay.path("recomputed"));
        }
        if (!replay.path("differences").isEmpty()) {
            screen().table(replay.path("differences"), java.util.List.of("path", "recorded", "recomputed"));
        }
    }
}
