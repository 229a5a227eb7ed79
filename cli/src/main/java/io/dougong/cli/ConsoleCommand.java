package io.dougong.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Option;

@CommandLine.Command(
        name = "console",
        description = "Open the console in a browser, signed in as this command is.",
        footer = {
            "%nExamples:",
            "  dougong console",
            "  dougong console --print",
            "",
            "The address works once, within five minutes: do not pass it on."
        })
final class ConsoleCommand extends Command {

    @Option(names = "--print", description = "Only print the address.")
    boolean print;

    @Override
    public Integer call() {
        Client client = client();
        String url = client.address()
                + client.post(Client.path("console-links")).path("path").asText();
        boolean opened = !print && opened(url);
        JsonNode result = object().put("url", url).put("opened", opened);
        return show(
                result,
                () -> screen().good(
                                opened
                                        ? "The console of " + client.address() + " opens in your browser."
                                        : "The console, once, within five minutes: " + url));
    }

    /** Whether there was a browser to ask. */
    private static boolean opened(String url) {
        List<String> command = opener(System.getProperty("os.name", "").toLowerCase(Locale.ROOT), System.getenv(), url);
        if (command.isEmpty()) {
            return false;
        }
        try {
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(new File(File.separatorChar == '/' ? "/dev/null" : "NUL")))
                    .start();
            return true;
        } catch (IOException none) {
            return false;
        }
    }

    /** The command that opens an address here; empty where nobody would see it. */
    static List<String> opener(String system, Map<String, String> environment, String url) {
        if (system.startsWith("mac")) {
            return List.of("open", url);
        }
        if (system.startsWith("windows")) {
            return List.of("rundll32", "url.dll,FileProtocolHandler", url);
        }
        boolean screen = environment.containsKey("DISPLAY") || environment.containsKey("WAYLAND_DISPLAY");
        return screen ? List.of("xdg-open", url) : List.of();
    }
}
