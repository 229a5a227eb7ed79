package io.dougong.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine;

@CommandLine.Command(
        name = "doctor",
        description = "Check everything that can be checked, and say what to do.",
        footer = {"%nExits with 1 if a check failed."})
final class DoctorCommand extends Command {

    @Override
    public Integer call() {
        JsonNode checks = client().get(Client.path("doctor"));
        show(checks, () -> checks.path("checks").forEach(this::print));
        return checks.path("ok").asBoolean() ? Exit.OK : Exit.REFUSED;
    }

    private void print(JsonNode check) {
        String text = check.path("name").asText() + ": " + check.path("detail").asText();
        if (check.path("ok").asBoolean()) {
            screen().good(text);
        } else {
            screen().bad(text);
            screen().line("  " + check.path("advice").asText());
        }
    }
}
