package io.dougong.cli;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Starts the server's JVM from what the build put beside this command. */
final class ServerProcess {

    private static final List<String> FLAGS = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseCompactObjectHeaders",
            "-XX:+ExitOnOutOfMemoryError",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
            "-Xlog:disable",
            "-Xlog:all=error:stderr");
    private static final String MAIN = "io.dougong.server.Main";
    private static final List<String> TRY_FLAGS = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseCompactObjectHeaders",
            "-XX:+UseParallelGC",
            "-XX:TieredStopAtLevel=1",
            "-Dslf4j.internal.verbosity=ERROR",
            "-Xlog:disable");
    private static final String TRY_MAIN = "io.dougong.apps.tabular.Try";
    private static final String AOT_CACHE = "server/server.aot";
    /** In the order in which Quarkus' own launcher looks into them. */
    private static final List<String> JARS = List.of("quarkus", "app", "lib/boot", "lib/main");

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

    /** Runs the work behind {@code dougong try} in a JVM with the applications' class path, and waits; its exit code. */
    static int tryOut(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(TRY_FLAGS);
        command.add("-cp");
        command.add(dist().resolve("lib") + File.separator + "*");
        command.add(TRY_MAIN);
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().put("OMP_WAIT_POLICY", "PASSIVE");
        try {
            return start(builder).waitFor();
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
        Path cache = cache();
        List<String> options = new ArrayList<>(properties);
        if (Files.exists(cache)) {
            options.add("-XX:AOTCache=" + cache);
        }
        return command(home, options, arguments);
    }

    /** Runs that record which classes a start needs; the cache is written when it ends (JEP 514). */
    static Process recording(HomeFolder home, Path cache) {
        return start(command(home, List.of("-Dquarkus.http.port=0", "-XX:AOTCacheOutput=" + cache), List.of())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD));
    }

    /** Where the classes of a start are kept, loaded and linked, so that it takes half the time. */
    static Path cache() {
        return dist().resolve(AOT_CACHE);
    }

    private static ProcessBuilder command(HomeFolder home, List<String> options, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(options);
        command.add("-Ddougong.home=" + home.path());
        command.add("-cp");
        command.add(classPath(dist().resolve("server")));
        command.add(MAIN);
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("OMP_WAIT_POLICY", "PASSIVE");
        return builder;
    }

    private static String classPath(Path server) {
        List<String> jars = new ArrayList<>();
        for (String folder : JARS) {
            try (Stream<Path> files = Files.list(server.resolve(folder))) {
                files.map(Path::toString)
                        .filter(name -> name.endsWith(".jar"))
                        .sorted()
                        .forEach(jars::add);
            } catch (IOException missing) {
                throw Refusal.of(
                        Exit.UNAVAILABLE,
                        "not-built",
                        "The server is not in " + server + ".",
                        "Run './dougong build'.");
            }
        }
        return String.join(File.pathSeparator, jars);
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
