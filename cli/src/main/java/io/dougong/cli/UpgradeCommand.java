package io.dougong.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

@CommandLine.Command(
        name = "upgrade",
        description = {
            "Bring a home folder to this release. The server must not run.",
            "Copies what cannot be derived, opens the folder with this release, verifies the audit chain and replays the newest decisions."
        },
        footer = {"%nExample:", "  dougong down && dougong upgrade --backup /backups/before-0.2 && dougong up --detach"
        })
final class UpgradeCommand extends Command {

    @Option(
            names = "--backup",
            required = true,
            paramLabel = "DIR",
            description = "Where the copy from before goes; must not exist yet.")
    @Nullable
    Path backup;

    @Override
    public Integer call() {
        HomeFolder home = target.homeFolder();
        home.refuseIfRunning();
        String to = java.util.Objects.requireNonNull(backup).toAbsolutePath().toString();
        List<String> arguments = new ArrayList<>(List.of("upgrade", to));
        if (json()) {
            arguments.add("--json");
        }
        return ServerProcess.run(home, List.of(), arguments);
    }
}
