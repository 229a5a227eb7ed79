package io.dougong.flow.pipeline;

import io.dougong.documents.Shape;
import io.dougong.flow.ScriptProcess;
import io.dougong.flow.StepContext;
import io.dougong.flow.StepKind;
import io.dougong.flow.StepOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One job of a pipeline: its script, what is done after it, and the files it hands on. */
final class JobKind implements StepKind {

    static final String NAME = "job";
    private static final long OUTPUT_LIMIT_BYTES = 16L << 20;

    private final Map<String, PipelinePlan.Chosen> jobs;
    private final PipelinePlan plan;
    private final Workspace workspace;
    private final Path scratch;
    private final PipelineRun.Listener listener;

    JobKind(PipelinePlan plan, Workspace workspace, Path scratch, PipelineRun.Listener listener) {
        this.plan = plan;
        this.workspace = workspace;
        this.scratch = scratch;
        this.listener = listener;
        this.jobs = new LinkedHashMap<>();
        plan.jobs().forEach(one -> jobs.put(one.job().name(), one));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean needsPlatformThread() {
        return true;
    }

    @Override
    public Shape settings() {
        return new Shape.Named("a job", new Shape.Text("a key", "^job$", ""), new Shape.Any(), 1, 1);
    }

    @Override
    public StepOutcome run(StepContext context) throws IOException, InterruptedException {
        PipelinePlan.Chosen one = java.util.Objects.requireNonNull(
                jobs.get(String.valueOf(context.settings().get("job"))));
        long start = System.nanoTime();
        listener.began(one.job(), context.attempt());
        StepOutcome outcome = attempt(one, context);
        listener.ended(one.job(), outcome, (System.nanoTime() - start) / 1_000_000);
        return outcome;
    }

    private StepOutcome attempt(PipelinePlan.Chosen one, StepContext context) throws IOException, InterruptedException {
        List<String> before =
                plan.before(one.job()).map(PipelinePlan.Chosen::id).toList();
        Path folder = workspace.folder(one, before, context.attempt());
        List<String> lines = new ArrayList<>(one.job().before());
        lines.addAll(one.job().script());
        StepOutcome outcome = script(one, lines, folder, context, "");
        boolean failed = outcome instanceof StepOutcome.Failed;
        if (!one.job().after().isEmpty() && !context.cancelled()) {
            StepOutcome after = script(one, one.job().after(), folder, context, "-after");
            if (after instanceof StepOutcome.Failed trouble) {
                context.log("after_script failed, which does not count: " + trouble.message());
            }
        }
        if (keeps(one.job().artifacts(), failed)) {
            int files = workspace.keep(one, folder);
            context.log(
                    files == 0
                            ? "no file fits artifacts.paths "
                                    + one.job().artifacts().paths()
                            : "kept " + files + (files == 1 ? " file" : " files") + " as artifacts");
        }
        return outcome;
    }

    private static boolean keeps(Pipeline.Artifacts artifacts, boolean failed) {
        return !artifacts.paths().isEmpty()
                && switch (artifacts.when()) {
                    case ALWAYS -> true;
                    case ON_FAILURE -> failed;
                    default -> !failed;
                };
    }

    private StepOutcome script(
            PipelinePlan.Chosen one, List<String> lines, Path folder, StepContext context, String suffix)
            throws IOException, InterruptedException {
        Path place = Files.createDirectories(scratch).resolve(one.id() + "-" + context.attempt() + suffix);
        Map<String, String> environment = new LinkedHashMap<>(one.variables());
        environment.put("CI_PROJECT_DIR", folder.toString());
        environment.put("CI_JOB_ID", context.idempotencyKey());
        environment.put("CI_PIPELINE_ID", context.run());
        environment.put("DOUGONG_OUTPUT", place + ".out");
        ScriptProcess.Script script = new ScriptProcess.Script(
                lines, folder, environment, OUTPUT_LIMIT_BYTES, Path.of(place + ".sh"), Path.of(place + ".out"));
        try {
            return new ScriptProcess(script, context).run();
        } finally {
            boolean _ = Files.deleteIfExists(script.file());
            boolean _ = Files.deleteIfExists(script.output());
        }
    }
}
