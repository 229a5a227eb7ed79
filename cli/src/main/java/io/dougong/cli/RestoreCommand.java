package io.dougong.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "restore",
        description = "Fill an empty home folder from a backup. The server must not run.",
        footer = {"%nExample:", "  dougong restore /backups/monday --home /srv/dougong"})
final class RestoreCommand extends Command {

    @Parameters(paramLabel = "DIR", description = "What 'backup' wrote.")
    @Nullable
    Path folder;

    @Override
    public Integer call() {
        String from = java.util.Objects.requireNonNull(folder).toAbsolutePath().toString();
        HomeFolder home = target.homeFolder();
        home.refuseIfRunning();
        int code = ServerProcess.run(home, List.of(), List.of("restore", from));
        if (code == Exit.OK) {
            show(
                    object().put("restored", from).put("home", home.path().toString()),
                    () -> screen().good("Restored " + from + " into " + home.path() + "."));
        }
        return code;
    }
}
