package io.dougong.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "backup",
        description = "Write a consistent copy of everything, while the server runs.",
        footer = {"%nExample:", "  dougong backup /backups/monday"})
final class BackupCommand extends Command {

    @Parameters(paramLabel = "DIR", description = "A folder on the server's machine that must not exist yet.")
    @Nullable
    Path folder;

    @Override
    public Integer call() {
        String path = java.util.Objects.requireNonNull(folder).toAbsolutePath().toString();
        JsonNode done = client().post(Client.path("backups"), object().put("path", path));
        return show(done, () -> {
            screen().good("Backed up to " + path + ".");
            screen().pairs(done);
        });
    }
}
