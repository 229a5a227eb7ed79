package io.dougong.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine;

@CommandLine.Command(
        name = "audit",
        description = "The audit chain.",
        subcommands = {AuditCommand.Verify.class})
final class AuditCommand extends Dougong.Group {

    @CommandLine.Command(
            name = "verify",
            description = "Check that no record was changed, removed, inserted or moved.",
            footer = {"%nExits with 1 if one was, and names it."})
    static final class Verify extends Command {

        @Override
        public Integer call() {
            JsonNode report = client().post(Client.path("audit", "verify"));
            boolean ok = report.path("ok").asBoolean();
            show(report, () -> {
                String counts = report.path("entries").asLong() + " entries, "
                        + report.path("records").asLong() + " records";
                if (ok) {
                    screen().good("The audit chain holds: " + counts + ".");
                } else {
                    JsonNode fault = report.path("fault");
                    screen().bad("The audit chain is broken at "
                            + fault.path("reference").asText() + " (entry "
                            + fault.path("sequence").asText() + "): "
                            + fault.path("what").asText());
                    screen().line("  " + counts + " before it hold.");
                }
            });
            return ok ? Exit.OK : Exit.REFUSED;
        }
    }
}
