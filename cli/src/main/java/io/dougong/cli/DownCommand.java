package io.dougong.cli;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine;

@CommandLine.Command(
        name = "down",
        description = "Stop the server: it answers what it has begun, then ends.",
        footer = {"%nStopping what does not run is no error."})
final class DownCommand extends Command {

    private static final long PATIENCE_SECONDS = 60;

    @Override
    public Integer call() {
        Optional<HomeFolder.Running> running =
                target.url == null ? target.homeFolder().running() : Optional.empty();
        if (target.url == null && running.isEmpty()) {
            return show(
                    object().put("stopped", false),
                    () -> screen().good(
                                    "No server runs on " + target.homeFolder().path() + "."));
        }
        client().post(Client.path("shutdown"));
        running.ifPresent(DownCommand::await);
        return show(object().put("stopped", true), () -> screen().good("Stopped " + client().address() + "."));
    }

    private static void await(HomeFolder.Running running) {
        try {
            Optional<ProcessHandle> process = ProcessHandle.of(running.pid());
            if (process.isPresent()) {
                process.get().onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (TimeoutException slow) {
            throw Refusal.of(
                    Exit.UNAVAILABLE,
                    "still-stopping",
                    "Process " + running.pid() + " has not ended within " + PATIENCE_SECONDS + " s.",
                    "Maybe it is still answering; look again with 'dougong status'.");
        } catch (ExecutionException | InterruptedException broken) {
            Thread.currentThread().interrupt();
        }
    }
}
