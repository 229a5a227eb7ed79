package io.dougong.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "audit",
        description = "The audit chain.",
        subcommands = {AuditCommand.Verify.class, AuditCommand.Copy.class})
final class AuditCommand extends Dougong.Group {

    @CommandLine.Command(
            name = "verify",
            description = "Check that no record was changed, removed, inserted or moved.",
            footer = {
                "%nExits with 1 if one was, and names it.",
                "",
                "With --copy, a copy of the chain is held against the records of the server; the copy may have been anywhere."
            })
    static final class Verify extends Command {

        @Option(
                names = "--copy",
                paramLabel = "DIR",
                description = "Check this copy, made with 'audit copy', instead of the server's own chain.")
        @Nullable
        Path copy;

        @Override
        public Integer call() {
            JsonNode report = copy == null
                    ? client().post(Client.path("audit", "verify"))
                    : client().post(Client.path("audit", "copies", "verify"), named(copy));
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

    @CommandLine.Command(
            name = "copy",
            description = "Write a copy of the chain, for an auditor to keep.",
            footer = {"%nExample:", "  dougong audit copy /auditor/monday"})
    static final class Copy extends Command {

        @Parameters(paramLabel = "DIR", description = "A folder on the server's machine that must not exist yet.")
        @Nullable
        Path folder;

        @Override
        public Integer call() {
            JsonNode done = client().post(Client.path("audit", "copies"), named(Objects.requireNonNull(folder)));
            return show(
                    done,
                    () -> screen().good("The audit chain is copied to "
                            + done.path("path").asText() + "."));
        }
    }

    private static ObjectNode named(Path folder) {
        return Command.object().put("path", folder.toAbsolutePath().toString());
    }
}
