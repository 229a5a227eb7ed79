package io.dougong.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine;

@CommandLine.Command(
        name = "status",
        description = "Show what runs and how far it has come.",
        footer = {"%nExample:", "  dougong status --json"})
final class StatusCommand extends Command {

    @Override
    public Integer call() {
        JsonNode status = client().get(Client.path("status"));
        return show(status, () -> {
            screen().good("Dougong runs at " + client().address());
            screen().pairs(status);
        });
    }
}
