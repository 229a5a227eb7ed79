package io.dougong.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.dougong.kernel.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A shell with a script, in a process group of its own, so that everything it starts can be ended with it: what it left running when it
 * ends, and all of it when it is cancelled, first asked (TERM), then forced (KILL). What it prints is read to the end whatever the
 * amount, and kept up to a limit, so memory stays flat.
 */
public final class ScriptProcess {

    private static final Path SETSID = Path.of("/usr/bin/setsid");
    private static final Path BASH = Path.of("/bin/bash");
    private static final int BUFFER = 8192;
    private static final int MAX_OUTPUT_FILE = 256 << 10;
    private static final long GRACE_SECONDS = 5;
    private static final int KILLED_BY_SIGNAL = 128;

    private final Script script;
    private final StepContext context;
    private volatile boolean cancelled;
    private String lastLine = "";

    /**
     * What runs.
     *
     * @param file where the script is written to
     * @param output what it may write outputs to
     */
    public record Script(
            List<String> lines,
            Path folder,
            Map<String, String> environment,
            long outputLimitBytes,
            Path file,
            Path output) {}

    public ScriptProcess(Script script, StepContext context) {
        this.script = script;
        this.context = context;
    }

    /** Runs it to its end; a script that fails is the user's fault, one that is killed from outside the platform's. */
    public StepOutcome run() throws IOException, InterruptedException {
        if (!Files.isDirectory(script.folder())) {
            return StepOutcome.failed(StepOutcome.Failure.USER, "there is no folder " + script.folder());
        }
        Files.writeString(script.file(), text(), StandardCharsets.UTF_8);
        Process process = start();
        Thread reader = Thread.ofPlatform()
                .name("output of " + context.path())
                .daemon()
                .start(() -> read(process.getInputStream()));
        context.onCancel(() -> cancel(process));
        int exit = waitFor(process);
        signal(process, "KILL");
        reader.join(TimeUnit.SECONDS.toMillis(GRACE_SECONDS));
        return outcome(exit);
    }

    /** Each command is shown before it runs, as people know it from build servers. */
    private String text() {
        StringBuilder text = new StringBuilder(Files.isExecutable(BASH) ? "set -eo pipefail\n" : "set -e\n");
        for (String line : script.lines()) {
            for (String shown : line.strip().split("\n", -1)) {
                text.append("printf '%s\\n' ").append(quoted("$ " + shown)).append('\n');
            }
            text.append(line).append('\n');
        }
        return text.toString();
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private Process start() throws IOException {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(SETSID)) {
            command.add(SETSID.toString());
        }
        command.add(Files.isExecutable(BASH) ? BASH.toString() : "sh");
        command.add(script.file().toString());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(script.folder().toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
        builder.environment().putAll(script.environment());
        return builder.start();
    }

    private int waitFor(Process process) throws InterruptedException {
        while (true) {
            try {
                return process.waitFor();
            } catch (InterruptedException wakened) {
                // cancelling ends the process too, and its end is what is waited for
                if (!cancelled && !context.cancelled()) {
                    signal(process, "KILL");
                    throw wakened;
                }
            }
        }
    }

    private void cancel(Process process) {
        cancelled = true;
        signal(process, "TERM");
        try {
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                signal(process, "KILL");
            }
        } catch (InterruptedException impatient) {
            signal(process, "KILL");
            Thread.currentThread().interrupt();
        }
    }

    /** To the whole group, and to what has left it but is still below. */
    private static void signal(Process process, String name) {
        List<ProcessHandle> below = process.descendants().toList();
        if (Files.isExecutable(SETSID)) {
            kill(name, "-" + process.pid());
        } else {
            kill(name, Long.toString(process.pid()));
        }
        below.forEach(child -> {
            boolean _ = name.equals("KILL") ? child.destroyForcibly() : child.destroy();
        });
    }

    private static void kill(String signal, String target) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + signal, "--", target)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean _ = kill.waitFor(GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (IOException noCommand) {
            throw new java.io.UncheckedIOException(noCommand);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(InputStream in) {
        Lines lines = new Lines();
        byte[] buffer = new byte[BUFFER];
        try (in) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                lines.add(buffer, read);
            }
        } catch (IOException closed) {
            context.log("(what followed could not be read: " + closed.getMessage() + ")");
        }
        lines.end();
    }

    /** Cuts bytes into lines of at most 8 KiB and drops what is over the limit. */
    private final class Lines {

        private final byte[] line = new byte[BUFFER];
        private int length;
        private long kept;
        private boolean full;

        void add(byte[] bytes, int count) {
            for (int i = 0; i < count && !full; i++) {
                if (bytes[i] == '\n' || length == BUFFER) {
                    flush();
                }
                if (bytes[i] != '\n') {
                    line[length++] = bytes[i];
                }
            }
        }

        private void flush() {
            int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
            String text = new String(line, 0, end, StandardCharsets.UTF_8);
            kept += length + 1;
            length = 0;
            if (kept > script.outputLimitBytes()) {
                full = true;
                context.log("(more than " + io.dougong.documents.Durations.bytesText(script.outputLimitBytes())
                        + " was printed; the rest is not kept)");
            } else {
                context.log(text);
                lastLine = text.isBlank() ? lastLine : text;
            }
        }

        void end() {
            if (length > 0 && !full) {
                flush();
            }
        }
    }

    private StepOutcome outcome(int exit) throws IOException {
        if (exit == 0) {
            return outputs();
        }
        String said = lastLine.isEmpty() || lastLine.startsWith("$ ") ? "" : " (" + lastLine + ")";
        if (exit > KILLED_BY_SIGNAL && exit != 255) {
            return StepOutcome.failed(
                    exit == KILLED_BY_SIGNAL + 9 ? StepOutcome.Failure.PLATFORM : StepOutcome.Failure.USER,
                    "ended by signal " + (exit - KILLED_BY_SIGNAL) + said);
        }
        return StepOutcome.failed(StepOutcome.Failure.USER, "exit code " + exit + said);
    }

    private StepOutcome outputs() throws IOException {
        Map<String, Object> outputs = new LinkedHashMap<>();
        if (Files.exists(script.output())) {
            if (Files.size(script.output()) > MAX_OUTPUT_FILE) {
                return StepOutcome.failed(StepOutcome.Failure.USER, "more than 256KiB were written to DOUGONG_OUTPUT");
            }
            for (String line : Files.readAllLines(script.output())) {
                int equals = line.indexOf('=');
                if (equals > 0) {
                    outputs.put(line.substring(0, equals).strip(), value(line.substring(equals + 1)));
                }
            }
        }
        return StepOutcome.done(outputs);
    }

    private static @Nullable Object value(String text) {
        try {
            JsonNode json = Json.tree(text.getBytes(StandardCharsets.UTF_8));
            return json.isMissingNode() ? text : Values.of(json);
        } catch (io.dougong.kernel.Problem plainText) {
            return text;
        }
    }
}
