package io.dougong.events.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Another Java process with the class path of this one, whose lines of output are read as they come. */
public final class ChildJvm implements AutoCloseable {

    private final Process process;
    private final BufferedReader lines;

    private ChildJvm(Process process) {
        this.process = process;
        this.lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** @param temporary folder for the child's temporary files, which a killed process leaves behind */
    public static ChildJvm start(Path temporary, Map<String, String> environment, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        try {
            return new ChildJvm(builder.start());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The next line, or null at the end. */
    public @Nullable String line() {
        try {
            return lines.readLine();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Gives the child's lines to the consumer until so many have come, then kills it and goes on to the last whole line. */
    public void killAfter(int count, Consumer<String> consumer) {
        for (int i = 0; i < count; i++) {
            String line = line();
            if (line == null) {
                throw new IllegalStateException("The child ended after " + i + " lines");
            }
            consumer.accept(line);
        }
        kill();
        for (String line = line(); line != null; line = line()) {
            if (line.endsWith(";")) {
                consumer.accept(line);
            }
        }
    }

    /** {@code kill -9}; through the handle, since the process itself would close its output, which is still to be read. */
    public void kill() {
        process.toHandle().destroyForcibly();
        await();
    }

    /** Waits for the end; returns the exit code. */
    public int await() {
        try {
            return process.waitFor();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the child", stopped);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
