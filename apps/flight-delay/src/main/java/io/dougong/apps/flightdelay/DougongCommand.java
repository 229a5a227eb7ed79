package io.dougong.apps.flightdelay;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the {@code dougong} command in a process of its own, as a person at a terminal would. */
final class DougongCommand {

    private static final long PATIENCE_SECONDS = 180;
    private static final List<String> FLAGS = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xlog:disable");
    private static final String MAIN = "io.dougong.cli.Main";

    private final Path dist;

    DougongCommand(Path dist) {
        this.dist = dist;
    }

    /** {@code -Ddougong.dist}, or the folder above the one that this class came from. */
    static DougongCommand beside() {
        String named = System.getProperty("dougong.dist");
        if (named != null) {
            return new DougongCommand(Path.of(named));
        }
        try {
            Path jar = Path.of(DougongCommand.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return new DougongCommand(jar.resolve("../..").normalize());
        } catch (URISyntaxException unnamed) {
            throw new IllegalStateException(unnamed);
        }
    }

    /** @param out what it printed, errors too */
    record Result(int exit, String out) {

        boolean ok() {
            return exit == 0;
        }
    }

    Result run(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.add("-Duser.home=" + System.getProperty("user.home"));
        command.add("-Ddougong.dist=" + dist);
        command.add("-cp");
        command.add(dist.resolve("cli") + File.separator + "*");
        command.add(MAIN);
        command.addAll(List.of(arguments));
        try {
            Path out = Files.createTempFile("dougong", ".out");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectInput(new File(File.separatorChar == '/' ? "/dev/null" : "NUL"))
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("DOUGONG_"));
            return ended(builder.start(), out);
        } catch (IOException unstartable) {
            throw new UncheckedIOException(unstartable);
        }
    }

    private static Result ended(Process process, Path out) throws IOException {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            String said = Files.readString(out, StandardCharsets.UTF_8).strip();
            Files.delete(out);
            return new Result(process.waitFor(), said);
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted.");
        }
    }
}
