package io.dougong.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

@CommandLine.Command(
        name = "up",
        description = "Start a server on this machine and wait until it is ready.",
        footer = {
            "%nExamples:",
            "  dougong up --detach",
            "  dougong up --port 7500 --home /srv/dougong",
            "",
            "It listens on this machine only, unless --host says otherwise and tokens were made.",
            "Flags go before the environment (DOUGONG_PORT), that before dougong.properties in the home folder."
        })
final class UpCommand extends Command {

    private static final long PATIENCE_MILLIS = 60_000;
    private static final long GLANCE_MILLIS = 20;
    private static final int LOG_LINES = 12;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Port to listen on; 0 takes a free one (default: 7420).")
    @Nullable
    Integer port;

    @Option(names = "--host", paramLabel = "ADDRESS", description = "Address to listen on (default: 127.0.0.1).")
    @Nullable
    String host;

    @Option(
            names = "--host-name",
            paramLabel = "NAME",
            split = ",",
            description = "Further host names to answer for, e.g. of a proxy.")
    List<String> hostNames = new ArrayList<>();

    @Option(
            names = "--detach",
            description = "Return when it is ready; its output goes to server.log in the home folder.")
    boolean detach;

    @Option(names = "--prepare", hidden = true, description = "Only make the next starts faster.")
    boolean prepare;

    @Override
    public Integer call() {
        if (prepare) {
            StartCache.make((home, process) -> await(home, process, false));
            return Exit.OK;
        }
        HomeFolder home = target.homeFolder();
        home.running().filter(running -> ready(running)).ifPresent(running -> {
            throw Refusal.of(
                    Exit.REFUSED,
                    "running-already",
                    "A server runs on " + home.path() + " already: " + running.url() + " (process " + running.pid()
                            + ").",
                    "Use it, stop it with 'dougong down', or start another with --home and --port.");
        });
        Process process =
                detach ? ServerProcess.detached(home, properties()) : ServerProcess.foreground(home, properties());
        if (!detach) {
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        }
        HomeFolder.Running running = await(home, process, detach);
        JsonNode result = object().put("url", running.url())
                .put("pid", running.pid())
                .put("home", home.path().toString());
        show(
                result,
                () -> screen().good("Dougong runs at " + running.url() + "  (process " + running.pid() + ", data in "
                        + home.path() + ")"));
        return detach ? Exit.OK : waitFor(process);
    }

    private static boolean ready(HomeFolder.Running running) {
        return new Client(running.url(), Optional.empty()).ready();
    }

    private List<String> properties() {
        List<String> properties = new ArrayList<>();
        if (port != null) {
            properties.add("-Ddougong.port=" + port);
        }
        if (host != null) {
            properties.add("-Ddougong.host=" + host);
        }
        if (!hostNames.isEmpty()) {
            properties.add("-Ddougong.host-names=" + String.join(",", hostNames));
        }
        return properties;
    }

    static HomeFolder.Running await(HomeFolder home, Process process, boolean logged) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (System.nanoTime() < deadline) {
            Optional<HomeFolder.Running> running = home.running().filter(found -> found.pid() == process.pid());
            if (running.isPresent()) {
                return running.get();
            }
            if (exited(process)) {
                throw failed(home, process.exitValue(), logged);
            }
        }
        process.destroy();
        throw Refusal.of(
                Exit.UNAVAILABLE,
                "not-ready",
                "The server was not ready within " + PATIENCE_MILLIS / 1000 + " s and was stopped.",
                "Look at " + home.log() + ".");
    }

    private static boolean exited(Process process) {
        try {
            return process.waitFor(GLANCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static Refusal failed(HomeFolder home, int exitCode, boolean logged) {
        int code = exitCode == Exit.REFUSED ? Exit.REFUSED : Exit.UNAVAILABLE;
        return Refusal.of(code, "start-failed", "The server did not start" + (logged ? ":\n" + tail(home) : "."), "");
    }

    /** The log from the line on that gives the reason. */
    private static String tail(HomeFolder home) {
        try {
            List<String> lines = Files.readAllLines(home.log());
            int reason = 0;
            for (int i = 0; i < lines.size(); i++) {
                reason = lines.get(i).startsWith("dougong: ") ? i : reason;
            }
            return String.join("\n", lines.subList(reason, Math.min(lines.size(), reason + LOG_LINES)));
        } catch (IOException unreadable) {
            return "(no log at " + home.log() + ")";
        }
    }

    private static int waitFor(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Exit.UNAVAILABLE;
        }
    }
}
