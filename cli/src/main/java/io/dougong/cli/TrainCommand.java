package io.dougong.cli;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "train",
        description = "Train a model on what the lake holds; registers a new version.",
        footer = {"%nExample:", "  dougong train flight-delay/late-arrival"})
final class TrainCommand extends Command {

    @Parameters(paramLabel = "APP/MODEL", converter = Part.Converter.class)
    @Nullable
    Part model;

    @Override
    public Integer call() {
        Part of = java.util.Objects.requireNonNull(model);
        JsonNode run = client().post(Client.path("applications", of.application(), "models", of.name(), "train"));
        return show(run, () -> {
            screen().good("Trained version " + run.path("version").asText() + " of " + of + ".");
            run.path("outcome").path("gates").forEach(this::gate);
            screen().pairs(run.path("outcome").path("evaluation").path("metrics"));
        });
    }

    private void gate(JsonNode result) {
        String text = "gate " + result.path("gate").path("metric").asText() + ": "
                + result.path("measured").asText();
        if (result.path("passed").asBoolean()) {
            screen().good(text);
        } else {
            screen().bad(text);
        }
    }
}
