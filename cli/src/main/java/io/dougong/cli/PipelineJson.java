package io.dougong.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dougong.flow.pipeline.PipelinePlan;
import io.dougong.flow.pipeline.PipelineRun;

/** How a pipeline ended, for programs. */
final class PipelineJson {

    private PipelineJson() {}

    static ObjectNode of(PipelinePlan plan, PipelineRun.Result result) {
        ObjectNode answer = Command.object()
                .put("id", result.id())
                .put("status", result.passed() ? "passed" : "failed")
                .put("reason", result.reason())
                .put("folder", result.folder().toString());
        ArrayNode notes = answer.putArray("notes");
        plan.pipeline().notes().forEach(notes::add);
        ArrayNode stages = answer.putArray("stages");
        for (String stage : plan.pipeline().stages()) {
            if (isShown(plan, stage)) {
                stage(stages.addObject().put("stage", stage), stage, result);
            }
        }
        return answer;
    }

    private static void stage(ObjectNode node, String stage, PipelineRun.Result result) {
        ArrayNode jobs = node.putArray("jobs");
        for (PipelineRun.JobResult job : result.jobs()) {
            if (job.stage().equals(stage)) {
                ObjectNode one = jobs.addObject()
                        .put("job", job.name())
                        .put("status", word(job))
                        .put("reason", job.reason())
                        .put("millis", job.millis())
                        .put("attempts", job.attempts())
                        .put("allowFailure", job.mayFail());
                job.artifacts().ifPresent(folder -> one.put("artifacts", folder.toString()));
            }
        }
    }

    /** The stages that every pipeline has are shown only with jobs; those that the file names always. */
    static boolean isShown(PipelinePlan plan, String stage) {
        return !stage.startsWith(".")
                || plan.jobs().stream().anyMatch(one -> one.job().stage().equals(stage));
    }

    static String word(PipelineRun.JobResult job) {
        return switch (job.status()) {
            case DONE -> "passed";
            case FAILED -> "failed";
            case SKIPPED -> "skipped";
            case CANCELLED -> "cancelled";
            default -> "not ended";
        };
    }
}
