package io.dougong.flow;

import static io.dougong.documents.Shape.Property.optional;
import static io.dougong.documents.Shape.Property.required;

import io.dougong.documents.Durations;
import io.dougong.documents.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Steps {@code script: […]}: lines for a shell, which stops at the first that fails. The shell gets the working folder, the environment
 * of this process with what the step adds, and these names:
 *
 * <ul>
 *   <li>{@code DOUGONG_RUN}, {@code DOUGONG_STEP}, {@code DOUGONG_ATTEMPT}, {@code DOUGONG_IDEMPOTENCY_KEY}
 *   <li>{@code DOUGONG_OUTPUT}: a file; each line {@code name=value} written to it becomes an output of the step
 * </ul>
 */
public final class ScriptKind implements StepKind {

    private static final long USUAL_OUTPUT_BYTES = 16L << 20;
    private static final int MAX_LINES = 10_000;

    private final Path folder;
    private final Path scratch;

    /**
     * @param folder where scripts run that name no folder, and that others are relative to
     * @param scratch where the files of a running script are kept
     */
    public ScriptKind(Path folder, Path scratch) {
        this.folder = folder;
        this.scratch = scratch;
    }

    @Override
    public String name() {
        return "script";
    }

    @Override
    public String brief() {
        return "run";
    }

    @Override
    public boolean needsPlatformThread() {
        return true;
    }

    @Override
    public Shape settings() {
        Shape line = new Shape.Text("a command", "^[\\s\\S]{1,100000}$", "Maybe it needs quotes.");
        Shape name =
                new Shape.Text("the name of a variable", "^[A-Za-z_][A-Za-z0-9_]*$", "Use letters, digits and '_'.");
        return new Shape.Keys(
                "commands for a shell",
                List.of(
                        required("run", new Shape.Any(), "A command, or a list of them."),
                        optional(
                                "env",
                                new Shape.Named("a map of variables", (Shape.Text) name, new Shape.Constant(), 0, 1000),
                                "Variables of the environment."),
                        optional("folder", line, "Where it runs."),
                        optional(
                                "output_limit",
                                Durations.SIZE,
                                "How much of what it prints is kept; the rest is read and dropped.",
                                "16MiB")));
    }

    @Override
    public StepOutcome run(StepContext context) throws IOException, InterruptedException {
        Path place =
                Files.createDirectories(scratch).resolve("step-" + context.idempotencyKey() + "-" + context.attempt());
        ScriptProcess.Script script = script(context, place);
        try {
            return new ScriptProcess(script, context).run();
        } finally {
            Files.deleteIfExists(script.file());
            Files.deleteIfExists(script.output());
        }
    }

    private ScriptProcess.Script script(StepContext context, Path place) {
        Map<String, Object> settings = context.settings();
        Map<String, String> environment = new LinkedHashMap<>();
        if (settings.get("env") instanceof Map<?, ?> more) {
            more.forEach((name, value) -> environment.put(String.valueOf(name), String.valueOf(value)));
        }
        environment.put("DOUGONG_RUN", context.run());
        environment.put("DOUGONG_STEP", context.path());
        environment.put("DOUGONG_ATTEMPT", Integer.toString(context.attempt()));
        environment.put("DOUGONG_IDEMPOTENCY_KEY", context.idempotencyKey());
        Path output = Path.of(place + ".out");
        environment.put("DOUGONG_OUTPUT", output.toString());
        long limit =
                settings.get("output_limit") instanceof String size ? Durations.readBytes(size) : USUAL_OUTPUT_BYTES;
        return new ScriptProcess.Script(
                lines(settings.get("run")),
                folder.resolve(String.valueOf(settings.getOrDefault("folder", ".")))
                        .normalize(),
                environment,
                limit,
                Path.of(place + ".sh"),
                output);
    }

    private static List<String> lines(@org.jspecify.annotations.Nullable Object run) {
        List<String> lines = run instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of(String.valueOf(run));
        if (lines.size() > MAX_LINES) {
            throw FlowProblem.unusableValue("A script of " + lines.size() + " commands", "Put it into a file.");
        }
        return lines;
    }
}
