package io.dougong.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dougong.flow.embedded.SqliteJournal;
import io.dougong.flow.pipeline.Pipeline;
import io.dougong.flow.pipeline.PipelineFile;
import io.dougong.flow.pipeline.PipelinePlan;
import io.dougong.flow.pipeline.PipelineRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "pipeline",
        description = "Pipeline files in the style of GitLab CI, run on this machine without a server.",
        subcommands = {PipelineCommand.Run.class, PipelineCommand.Check.class})
final class PipelineCommand extends Dougong.Group {

    /** What a pipeline is looked at with. */
    abstract static class OfFile extends Command {

        @Parameters(paramLabel = "FILE", description = "The pipeline file, e.g. .gitlab-ci.yml.")
        @Nullable
        Path file;

        @Option(
                names = "--branch",
                paramLabel = "NAME",
                description = "CI_COMMIT_BRANCH (default: the one checked out, or main).")
        String branch = "";

        @Option(names = "--var", paramLabel = "NAME=VALUE", description = "Sets a variable. Repeatable.")
        Map<String, String> variables = new LinkedHashMap<>();

        @Option(names = "--manual", paramLabel = "JOB", description = "Runs a job that waits for a person. Repeatable.")
        List<String> manual = new ArrayList<>();

        @Option(names = "--project", paramLabel = "DIR", description = "Where jobs work (default: the current folder).")
        Path project = Path.of("");

        PipelinePlan plan() {
            Path folder = project.toAbsolutePath().normalize();
            Pipeline pipeline = PipelineFile.read(content(Objects.requireNonNull(file)));
            Map<String, String> given = PipelineRun.environment(folder, branch);
            given.putAll(variables);
            PipelinePlan plan = new PipelinePlan(pipeline, given, Set.copyOf(manual), folder);
            if (!json()) {
                pipeline.notes().forEach(note -> screen().line(screen().style("faint", "note: " + note)));
                plan.doubts().forEach(doubt -> screen().line(screen().style("yellow", "note: " + doubt)));
            }
            return plan;
        }
    }

    @CommandLine.Command(
            name = "run",
            sortOptions = false,
            description = "Run a pipeline file to its end; exit code 1 if a job failed.",
            footer = {
                "%nExamples:",
                "  dougong pipeline run .gitlab-ci.yml --branch main",
                "  dougong pipeline run ci.yml --var ENV=staging --manual deploy --isolated"
            })
    static final class Run extends OfFile {

        @Option(names = "--isolated", description = "Gives each job its own copy of the project, and artifacts only.")
        boolean isolated;

        @Option(names = "--jobs", paramLabel = "N", description = "At most so many at once (default: 4).")
        int jobs = 4;

        @Override
        public Integer call() throws InterruptedException {
            PipelinePlan plan = plan();
            PipelineScreen printing = new PipelineScreen(screen(), plan, json());
            var settings = new PipelineRun.Settings(
                    project.toAbsolutePath().normalize(),
                    target.homeFolder().path(),
                    isolated,
                    Math.clamp(jobs, 1, 64),
                    SqliteJournal::own);
            try (PipelineRun run = PipelineRun.open(plan, settings, printing)) {
                Thread stopping = new Thread(run::stop);
                Runtime.getRuntime().addShutdownHook(stopping);
                PipelineRun.Result result = run.await();
                boolean _ = Runtime.getRuntime().removeShutdownHook(stopping);
                int _ = show(PipelineJson.of(plan, result), () -> printing.end(result));
                return result.passed() ? Exit.OK : Exit.REFUSED;
            }
        }
    }

    @CommandLine.Command(
            name = "check",
            description = "Read a pipeline file and show which jobs would run, and why others would not.",
            footer = {"%nExample:", "  dougong pipeline check .gitlab-ci.yml --branch feature"})
    static final class Check extends OfFile {

        @Override
        public Integer call() {
            PipelinePlan plan = plan();
            ObjectNode answer = object();
            ArrayNode stages = answer.putArray("stages");
            plan.pipeline().stages().stream()
                    .filter(stage -> PipelineJson.isShown(plan, stage))
                    .forEach(stages::add);
            ArrayNode jobs = answer.putArray("jobs");
            for (PipelinePlan.Chosen one : plan.jobs()) {
                String why = one.runs() ? plan.whyNothing() : one.skipped();
                jobs.addObject()
                        .put("stage", one.job().stage())
                        .put("job", one.job().name())
                        .put("runs", why.isEmpty())
                        .put("reason", why);
            }
            return show(answer, () -> screen().table(jobs));
        }
    }
}
