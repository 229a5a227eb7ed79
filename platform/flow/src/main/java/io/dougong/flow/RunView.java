package io.dougong.flow;

import java.util.List;
import java.util.Map;

/**
 * A run with its steps, as far as it has come.
 *
 * @param steps in the order in which they came into being; a step within another has the other's path before its own
 * @param holds paths at which it will stop
 */
public record RunView(
        Run run, Workflow workflow, Map<String, Object> parameters, List<StepView> steps, List<String> holds) {

    /**
     * One step.
     *
     * @param kind e.g. {@code script}, {@code foreach}, {@code approval}
     * @param needs the paths of the steps it waits for
     * @param startedMicros 0 if it has not begun
     * @param reason why it is as it is
     */
    public record StepView(
            String path,
            String id,
            String kind,
            StepStatus status,
            int attempt,
            long startedMicros,
            long endedMicros,
            Map<String, Object> outputs,
            String reason,
            boolean cached,
            List<String> needs) {}

    static RunView of(Run run, RunState state) {
        return new RunView(
                run,
                state.definition().workflow(),
                state.accepted().parameters(),
                state.steps().stream().map(RunView::step).toList(),
                List.copyOf(state.holds()));
    }

    private static StepView step(StepRun run) {
        String prefix =
                run.path().substring(0, run.path().length() - run.step().id().length());
        return new StepView(
                run.path(),
                run.step().id(),
                kind(run.step()),
                run.status,
                run.attempt,
                run.startedMicros,
                run.endedMicros,
                run.outputs(),
                run.reason,
                run.cached,
                run.scope().needs(run).stream().map(id -> prefix + id).toList());
    }

    static String kind(Step step) {
        return switch (step) {
            case Step.Work work -> work.kind();
            case Step.Wait _ -> "wait";
            case Step.Approval _ -> "approval";
            case Step.Call _ -> "call";
            case Step.Foreach _ -> "foreach";
            case Step.While _ -> "while";
            case Step.Branch _ -> "branch";
            case Step.Parallel _ -> "parallel";
        };
    }

    /** The step at that path. */
    public java.util.Optional<StepView> step(String path) {
        return steps.stream().filter(step -> step.path().equals(path)).findFirst();
    }
}
