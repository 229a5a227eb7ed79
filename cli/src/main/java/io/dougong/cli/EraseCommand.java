package io.dougong.cli;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "erase",
        description = "Erase a person: destroys the key of their values. Cannot be undone.",
        footer = {"%nExample:", "  dougong erase customer-4711 --yes"})
final class EraseCommand extends Command {

    @Parameters(paramLabel = "SUBJECT")
    @Nullable
    String subject;

    @Option(names = "--yes", description = "Do it; without it nothing happens.")
    boolean sure;

    @Override
    public Integer call() {
        if (!sure) {
            throw Refusal.of(
                    Exit.USAGE,
                    "not-confirmed",
                    "Erasing cannot be undone, and nothing was erased.",
                    "Say --yes to do it.");
        }
        JsonNode certificate = client().post(Client.path("erasures"), object().put("subject", subject));
        return show(certificate, () -> {
            screen().good("Erased. The audit chain stays valid.");
            screen().pairs(certificate);
        });
    }
}
