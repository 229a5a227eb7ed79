package io.dougong.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "monitors",
        description = "What the monitors of an application say.",
        footer = {"%nExamples:", "  dougong monitors flight-delay", "  dougong monitors flight-delay --alarms"})
final class MonitorsCommand extends Command {

    @Parameters(paramLabel = "APP")
    @Nullable
    String application;

    @Option(names = "--alarms", description = "Only those that alarm.")
    boolean alarms;

    @Override
    public Integer call() {
        JsonNode monitors = client().get(Client.path("applications", Objects.requireNonNull(application), "monitors"))
                .path("monitors");
        ArrayNode shown = object().arrayNode();
        monitors.forEach(monitor -> {
            if (!alarms || monitor.path("state").asText().equals("ALARM")) {
                shown.add(monitor);
            }
        });
        return show(
                shown,
                () -> screen().table(
                                shown,
                                List.of(
                                        "monitor",
                                        "state",
                                        "statistic",
                                        "value",
                                        "threshold",
                                        "evidence",
                                        "limit",
                                        "atMicros",
                                        "sinceMicros")));
    }
}
