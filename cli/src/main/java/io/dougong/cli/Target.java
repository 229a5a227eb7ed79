package io.dougong.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which server a command speaks to, and how it prints: the options that every command has. */
final class Target {

    private static final String DEFAULT_URL = "http://127.0.0.1:7420";

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Folder of the server on this machine (default: $$DOUGONG_HOME or ~/.dougong).")
    @Nullable
    Path home;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Address of the server (default: $$DOUGONG_URL, or as the home folder says).")
    @Nullable
    String url;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "API token (default: $$DOUGONG_TOKEN, or the home folder's bootstrap token).")
    @Nullable
    String token;

    @Option(names = "--json", description = "Print JSON, nothing else.")
    boolean json;

    private final Map<String, String> environment = System.getenv();

    HomeFolder homeFolder() {
        if (home != null) {
            return new HomeFolder(home.toAbsolutePath());
        }
        String named = environment.get("DOUGONG_HOME");
        return new HomeFolder(
                named == null
                        ? Path.of(System.getProperty("user.home"), ".dougong")
                        : Path.of(named).toAbsolutePath());
    }

    String address() {
        if (url != null) {
            return url;
        }
        String named = home == null ? environment.get("DOUGONG_URL") : null;
        return named != null
                ? named
                : homeFolder().running().map(HomeFolder.Running::url).orElse(DEFAULT_URL);
    }

    /** The bootstrap token is offered to this machine's own server only, never to an address that was named. */
    Optional<String> secret() {
        if (token != null) {
            return Optional.of(token);
        }
        String named = environment.get("DOUGONG_TOKEN");
        if (named != null) {
            return Optional.of(named);
        }
        return isLocal(address()) ? homeFolder().token() : Optional.empty();
    }

    private static boolean isLocal(String address) {
        return address.matches("http://(127\\.0\\.0\\.1|localhost|\\[::1])(:\\d+)?/?");
    }

    Client client() {
        return new Client(address(), secret());
    }
}
