package io.dougong.flow.pipeline;

import io.dougong.flow.Flows;
import io.dougong.flow.Journal;
import io.dougong.flow.RunStatus;
import io.dougong.flow.RunView;
import io.dougong.flow.Start;
import io.dougong.flow.StepKind;
import io.dougong.flow.StepLogs;
import io.dougong.flow.StepOutcome;
import io.dougong.flow.StepStatus;
import io.dougong.flow.Workflow;
import io.dougong.kernel.DurableFiles;
import io.dougong.kernel.Ids;
import io.dougong.kernel.StorageProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One run of a pipeline on this machine: its own folder in the home folder, with journal, logs and artifacts. */
public final class PipelineRun implements AutoCloseable {

    private static final long STOP_SECONDS = 8;

    private final PipelinePlan plan;
    private final Path folder;
    private final Workspace workspace;
    private final JobLogs logs;
    private final Flows flows;
    private @Nullable String run;

    /** Hears what happens; called from many threads. */
    public interface Listener {

        void began(Pipeline.Job job, int attempt);

        void line(Pipeline.Job job, String line);

        void ended(Pipeline.Job job, StepOutcome outcome, long millis);
    }

    /**
     * Where and how.
     *
     * @param project where jobs work
     * @param home where the run is kept
     * @param isolated whether each job gets a copy of the project of its own
     * @param jobs how many at once
     * @param journals opens a journal in a file
     */
    public record Settings(Path project, Path home, boolean isolated, int jobs, Function<Path, Journal> journals) {}

    /** How a job ended. */
    public record JobResult(
            String name,
            String stage,
            StepStatus status,
            String reason,
            long millis,
            boolean mayFail,
            int attempts,
            Optional<Path> artifacts) {}

    /**
     * How the pipeline ended.
     *
     * @param jobs by stage, in order
     */
    public record Result(String id, boolean passed, String reason, List<JobResult> jobs, Path folder) {}

    private PipelineRun(PipelinePlan plan, Settings settings, Path folder, Listener listener) {
        this.plan = plan;
        this.folder = folder;
        this.workspace = new Workspace(settings.project(), folder, settings.isolated());
        this.logs = new JobLogs(plan, folder.resolve("logs"), listener);
        List<StepKind> kinds = List.of(new JobKind(plan, workspace, folder.resolve("scratch"), listener));
        StepLogs lines = logs;
        this.flows = Flows.open(new Flows.Settings(
                settings.journals().apply(folder.resolve("journal.db")),
                kinds,
                lines,
                InstantSource.system(),
                new Random(),
                settings.jobs()));
    }

    /** Makes the run's folder. */
    public static PipelineRun open(PipelinePlan plan, Settings settings, Listener listener) {
        String id = new Ids(InstantSource.system(), new Random()).next();
        try {
            Path folder = DurableFiles.createFolders(
                    settings.home().resolve("pipelines").resolve(id));
            return new PipelineRun(plan, settings, folder, listener);
        } catch (IOException unusable) {
            throw StorageProblem.unreadable(settings.home().toString(), unusable);
        }
    }

    /** Runs it to its end. */
    public Result await() throws InterruptedException {
        Optional<Workflow> workflow = plan.workflow();
        if (workflow.isEmpty()) {
            String why = plan.whyNothing().isEmpty() ? "no job runs" : plan.whyNothing();
            return new Result(id(), true, why, results(List.of()), folder);
        }
        run = flows.start(workflow.get(), Start.plain());
        try {
            RunStatus status = flows.end(run).get();
            RunView view = flows.run(run);
            return new Result(id(), status == RunStatus.SUCCEEDED, view.run().reason(), results(view.steps()), folder);
        } catch (ExecutionException broken) {
            throw new IllegalStateException(broken.getCause());
        }
    }

    private String id() {
        return folder.getFileName().toString();
    }

    private List<JobResult> results(List<RunView.StepView> steps) {
        List<JobResult> results = new ArrayList<>();
        for (PipelinePlan.Chosen one : plan.jobs()) {
            Optional<RunView.StepView> step = one.runs()
                    ? steps.stream()
                            .filter(view -> view.path().equals(one.id()))
                            .findFirst()
                    : Optional.empty();
            results.add(step.map(view -> result(one, view)).orElseGet(() -> skipped(one)));
        }
        return results;
    }

    private JobResult skipped(PipelinePlan.Chosen one) {
        String why = one.runs() ? plan.whyNothing() : one.skipped();
        Pipeline.Job job = one.job();
        return new JobResult(job.name(), job.stage(), StepStatus.SKIPPED, why, 0, false, 0, Optional.empty());
    }

    private JobResult result(PipelinePlan.Chosen one, RunView.StepView view) {
        boolean ran = view.attempt() > 0;
        Path artifacts = workspace.kept(one);
        return new JobResult(
                one.job().name(),
                one.job().stage(),
                view.status(),
                named(view.reason()),
                ran ? (view.endedMicros() - view.startedMicros()) / 1000 : 0,
                one.mayFail(),
                view.attempt(),
                java.nio.file.Files.isDirectory(artifacts) ? Optional.of(artifacts) : Optional.empty());
    }

    /** Reasons speak of steps; people know jobs. */
    private String named(String reason) {
        for (PipelinePlan.Chosen one : plan.jobs()) {
            if (reason.startsWith(one.id() + " ")) {
                return one.job().name() + reason.substring(one.id().length());
            }
        }
        return reason;
    }

    /** Ends everything that runs, for a person who does not want to wait. */
    public void stop() {
        String started = run;
        if (started == null) {
            return;
        }
        try {
            CompletableFuture<RunStatus> end = flows.end(started);
            flows.stop(started, "you", "");
            RunStatus _ = end.get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException again) {
            Thread.currentThread().interrupt();
        } catch (io.dougong.kernel.Problem | ExecutionException | TimeoutException overAlready) {
            flows.close();
        }
    }

    /** How the environment of jobs begins: what build servers set. */
    public static Map<String, String> environment(Path project, String branch) {
        return GitFacts.of(project, branch);
    }

    @Override
    public void close() {
        flows.close();
        logs.close();
        workspace.clean();
    }
}
