package io.dougong.cli;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts the server's JVM from what the build put beside this command. */
final class ServerProcess {

    private static final List<String> FLAGS = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseCompactObjectHeaders",
            "-XX:+ExitOnOutOfMemoryError",
            "-Xlog:disable",
            "-Xlog:all=error:stderr");
    private static final String JAR = "server/quarkus-run.jar";
    private static final String AOT_CACHE = "server/server.aot";

    private ServerProcess() {}

    /** Runs it in the foreground with the terminal's input and output, and waits; its exit code. */
    static int run(HomeFolder home, List<String> properties, List<String> arguments) {
        try {
            return start(builder(home, properties, arguments).inheritIO()).waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Exit.UNAVAILABLE;
        }
    }

    static Process foreground(HomeFolder home, List<String> properties) {
        return start(builder(home, properties, List.of()).inheritIO());
    }

    /** Its output goes to the home folder's log; it stays when this command ends. */
    static Process detached(HomeFolder home, List<String> properties) {
        File log = home.log().toFile();
        try {
            Files.createDirectories(home.path());
        } catch (IOException unusable) {
            throw Refusal.of(Exit.UNAVAILABLE, "home-unusable", "Could not make " + home.path() + ".", "");
        }
        ProcessBuilder builder = builder(home, properties, List.of())
                .redirectInput(ProcessBuilder.Redirect.from(new File(File.separatorChar == '/' ? "/dev/null" : "NUL")))
                .redirectOutput(log)
                .redirectErrorStream(true);
        return start(builder);
    }

    private static Process start(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException unstartable) {
            throw Refusal.of(
                    Exit.UNAVAILABLE,
                    "cannot-start",
                    "The server could not be started: " + unstartable.getMessage(),
                    "");
        }
    }

    private static ProcessBuilder builder(HomeFolder home, List<String> properties, List<String> arguments) {
        Path dist = dist();
        Path jar = dist.resolve(JAR);
        if (!Files.exists(jar)) {
            throw Refusal.of(
                    Exit.UNAVAILABLE, "not-built", "The server is not at " + jar + ".", "Run './dougong build'.");
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        Path cache = dist.resolve(AOT_CACHE);
        if (Files.exists(cache)) {
            command.add("-XX:AOTCache=" + cache);
        }
        command.add("-Ddougong.home=" + home.path());
        command.addAll(properties);
        command.add("-jar");
        command.add(jar.toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("OMP_WAIT_POLICY", "PASSIVE");
        return builder;
    }

    /** {@code -Ddougong.dist}, or the folder above the one this command's jar is in. */
    private static Path dist() {
        String named = System.getProperty("dougong.dist");
        if (named != null) {
            return Path.of(named);
        }
        try {
            Path jar = Path.of(ServerProcess.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return jar.resolve("../..").normalize();
        } catch (URISyntaxException unnamed) {
            throw new IllegalStateException(unnamed);
        }
    }
}
