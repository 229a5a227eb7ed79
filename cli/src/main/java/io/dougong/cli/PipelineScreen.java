package io.dougong.cli;

import io.dougong.flow.StepOutcome;
import io.dougong.flow.pipeline.Pipeline;
import io.dougong.flow.pipeline.PipelinePlan;
import io.dougong.flow.pipeline.PipelineRun;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Shows a pipeline while it runs: the lines of each job behind its name, in its own colour on a terminal; at the end a table by stage. */
final class PipelineScreen implements PipelineRun.Listener {

    private static final List<String> COLOURS = List.of("cyan", "magenta", "blue", "yellow", "green");
    private static final double MILLIS_PER_SECOND = 1000;
    private static final double MILLIS_PER_MINUTE = 60_000;

    private final Screen screen;
    private final PipelinePlan plan;
    private final boolean silent;
    private final Map<String, String> colours = new HashMap<>();
    private final int width;

    PipelineScreen(Screen screen, PipelinePlan plan, boolean silent) {
        this.screen = screen;
        this.plan = plan;
        this.silent = silent;
        plan.jobs().forEach(one -> colours.put(one.job().name(), COLOURS.get(colours.size() % COLOURS.size())));
        this.width = plan.jobs().stream()
                .mapToInt(one -> Screen.width(one.job().name()))
                .max()
                .orElse(0);
    }

    @Override
    public void began(Pipeline.Job job, int attempt) {
        print(job, screen.style("bold", "▶ " + job.stage() + (attempt == 1 ? "" : ", attempt " + attempt)));
    }

    @Override
    public void line(Pipeline.Job job, String line) {
        print(job, line.startsWith("$ ") ? screen.style("green", line) : line);
    }

    @Override
    public void ended(Pipeline.Job job, StepOutcome outcome, long millis) {
        String end = outcome instanceof StepOutcome.Failed failed
                ? screen.style("red", "✘ " + failed.message())
                : screen.style("green", "✔");
        print(job, end + " " + duration(millis));
    }

    private synchronized void print(Pipeline.Job job, String text) {
        if (!silent) {
            String name = job.name() + " ".repeat(width - Screen.width(job.name()));
            screen.line(screen.style(colours.getOrDefault(job.name(), "cyan"), name + " │") + " " + text);
        }
    }

    private static String duration(long millis) {
        return millis < MILLIS_PER_MINUTE
                ? String.format(Locale.ROOT, "%.1f s", millis / MILLIS_PER_SECOND)
                : String.format(Locale.ROOT, "%.1f min", millis / MILLIS_PER_MINUTE);
    }

    void end(PipelineRun.Result result) {
        List<List<String>> lines = new ArrayList<>();
        for (String stage : plan.pipeline().stages()) {
            if (PipelineJson.isShown(plan, stage)) {
                lines.addAll(lines(stage, result.jobs()));
            }
        }
        screen.line("");
        screen.grid(
                List.of("STAGE", "JOB", "STATUS", "TIME", "REASON"),
                lines,
                List.of(false, false, false, true, false),
                "");
        screen.line("");
        String why = result.reason().isEmpty() ? "" : ": " + result.reason();
        if (result.passed()) {
            screen.good("The pipeline passed" + why + ".");
        } else {
            screen.bad("The pipeline failed" + why + ".");
        }
        screen.line(screen.style("faint", "Logs and artifacts: " + result.folder()));
    }

    private static List<List<String>> lines(String stage, List<PipelineRun.JobResult> jobs) {
        List<List<String>> lines = new ArrayList<>();
        for (PipelineRun.JobResult job : jobs) {
            if (job.stage().equals(stage)) {
                String shown = lines.isEmpty() ? stage : "";
                String time = job.attempts() == 0 ? "–" : duration(job.millis());
                lines.add(List.of(shown, job.name(), status(job), time, job.reason()));
            }
        }
        return lines.isEmpty() ? List.of(List.of(stage, "–", "empty", "–", "")) : lines;
    }

    private static String status(PipelineRun.JobResult job) {
        String word = PipelineJson.word(job);
        return word.equals("failed") && job.mayFail() ? "failed, allowed" : word;
    }
}
