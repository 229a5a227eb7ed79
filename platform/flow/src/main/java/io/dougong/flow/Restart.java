package io.dougong.flow;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What a run that begins again at one step keeps of the run before: every outcome that does not depend on that step. */
final class Restart {

    private static final String OF = "restart of ";

    private Restart() {}

    /** What a run's origin says of it. */
    static String origin(String old, String from, String by) {
        return OF + old + " at " + from + " by " + by;
    }

    static boolean isOf(Run run, Run old) {
        return run.origin().startsWith(OF + old.id() + " ");
    }

    static Map<String, StepOutcome> kept(RunState old, String from) {
        StepRun first = old.find(from)
                .orElseThrow(() -> FlowProblem.noStep(
                        from, old.steps().stream().map(StepRun::path).toList()));
        Set<StepRun> changed = changed(first);
        Map<String, StepOutcome> kept = new LinkedHashMap<>();
        for (StepRun run : old.steps()) {
            boolean good = run.status == StepStatus.DONE || run.outcome instanceof StepOutcome.Plan;
            if (good && !isIn(run, changed)) {
                kept.put(run.path(), outcome(run));
            }
        }
        return kept;
    }

    /** The step, what comes after it, and what comes after the steps around it; these themselves begin again, but may keep others. */
    private static Set<StepRun> changed(StepRun first) {
        Set<StepRun> changed = new HashSet<>(Set.of(first));
        ArrayDeque<StepRun> next = new ArrayDeque<>(Set.of(first));
        while (!next.isEmpty()) {
            StepRun run = next.poll();
            for (StepRun dependent : run.scope().dependents(run)) {
                if (changed.add(dependent)) {
                    next.add(dependent);
                }
            }
        }
        StepRun owner = first.scope().owner();
        if (owner != null) {
            Set<StepRun> outside = changed(owner);
            outside.remove(owner);
            changed.addAll(outside);
        }
        return changed;
    }

    private static boolean isIn(StepRun run, Set<StepRun> changed) {
        for (StepRun at = run; at != null; at = at.scope().owner()) {
            if (changed.contains(at)) {
                return true;
            }
        }
        // a structure has no outcome of its own: it begins again and finds those of its steps
        return !(run.step() instanceof Step.Work
                || run.step() instanceof Step.Approval
                || run.step() instanceof Step.Wait
                || run.step() instanceof Step.Call);
    }

    private static StepOutcome outcome(StepRun run) {
        return run.outcome == null ? new StepOutcome.Done(run.outputs()) : run.outcome;
    }
}
