package io.dougong.flow;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How each kind of step begins, and what happens when the steps within it have ended. */
final class Structures {

    private static final int MAX_ITEMS = 100_000;

    private final RunState state;

    Structures(RunState state) {
        this.state = state;
    }

    boolean conditionHolds(StepRun run) {
        String when = run.step().head().when();
        if (when.isEmpty()) {
            return true;
        }
        return tried(run, () -> {
            boolean holds = expressions().holds(when, variables(run, Map.of()));
            if (!holds) {
                state.finish(run, StepStatus.SKIPPED, "not: " + when);
            }
            return holds;
        });
    }

    void begin(StepRun run) {
        run.startedMicros = state.nowMicros();
        boolean _ = tried(run, () -> {
            open(run);
            return true;
        });
    }

    private void open(StepRun run) {
        switch (run.step()) {
            case Step.Work _ -> execute(run);
            case Step.Call _ -> {
                run.attempt = 1;
                state.activate(run, StepStatus.RUNNING);
                again(run);
            }
            case Step.Wait wait -> waitFor(run, wait.timeout());
            case Step.Approval approval -> waitFor(run, approval.timeout());
            case Step.Foreach each -> foreach(run, each);
            case Step.While loop -> {
                run.status = StepStatus.RUNNING;
                run.rounds = new StepRun.Rounds(List.of());
                round(run, loop);
            }
            case Step.Branch branch -> branch(run, branch);
            case Step.Parallel group -> {
                run.status = StepStatus.RUNNING;
                scope(run, group.steps(), true, Map.of(), run.path() + ".");
            }
        }
    }

    private void waitFor(StepRun run, Optional<java.time.Duration> longest) {
        run.attempt = 1;
        state.activate(run, StepStatus.WAITING);
        if (run.step() instanceof Step.Wait wait) {
            state.command(new RunCommand.Await(run.path(), wait.signal(), keys(run, wait)));
        }
        state.wakeAfter(run, longest);
    }

    private Map<String, Object> keys(StepRun run, Step.Wait wait) {
        return filled(run, wait.keys());
    }

    /** One more attempt. */
    void execute(StepRun run) {
        Step.Work work = (Step.Work) run.step();
        boolean _ = tried(run, () -> {
            Map<String, Object> settings = filled(run, work.settings());
            run.attempt++;
            state.activate(run, StepStatus.RUNNING);
            state.command(new RunCommand.Execute(run.path(), run.attempt, work, settings));
            return true;
        });
    }

    /** The commands that a waiting step has given. */
    void again(StepRun run) {
        boolean timed = run.dueMicros > 0 && run.status != StepStatus.RUNNING && run.status != StepStatus.HELD;
        if (timed) {
            state.command(new RunCommand.Wake(run.path(), run.attempt, run.dueMicros));
        }
        if (run.status == StepStatus.WAITING && run.step() instanceof Step.Wait wait) {
            state.command(new RunCommand.Await(run.path(), wait.signal(), keys(run, wait)));
        }
        if (run.status == StepStatus.RUNNING && run.step() instanceof Step.Call call) {
            Map<String, Object> parameters = filled(run, call.parameters());
            state.command(new RunCommand.Call(run.path(), run.attempt, call.workflow(), parameters));
        }
    }

    private void foreach(StepRun run, Step.Foreach each) {
        if (!(expressions().value(each.in(), variables(run, Map.of())) instanceof List<?> items)) {
            throw FlowProblem.badExpression(each.in(), "foreach needs a list.");
        }
        if (items.size() > MAX_ITEMS) {
            throw FlowProblem.badExpression(each.in(), items.size() + " items are more than " + MAX_ITEMS + ".");
        }
        run.status = StepStatus.RUNNING;
        run.rounds = new StepRun.Rounds(new ArrayList<>(items));
        run.rounds.results.addAll(Collections.nCopies(items.size(), null));
        more(run, each);
    }

    private void more(StepRun run, Step.Foreach each) {
        StepRun.Rounds rounds = rounds(run);
        while (rounds.running < each.parallel() && rounds.opened < rounds.items.size() && mayOpen(run)) {
            int index = rounds.opened++;
            rounds.running++;
            Map<String, Object> variables = new LinkedHashMap<>();
            variables.put("item", rounds.items.get(index));
            variables.put("index", (long) index);
            if (!each.as().isEmpty()) {
                variables.put(each.as(), rounds.items.get(index));
            }
            scope(run, each.steps(), false, variables, run.path() + "[" + index + "].");
        }
        if (rounds.running == 0) {
            boolean whole = rounds.opened == rounds.items.size();
            finish(run, rounds.failed || !whole, Map.of("results", rounds.results), "");
        }
    }

    private boolean mayOpen(StepRun run) {
        return !state.stopping() && !run.scope().closed();
    }

    private void round(StepRun run, Step.While loop) {
        StepRun.Rounds rounds = rounds(run);
        Map<String, Object> variables = Map.of("iteration", (long) rounds.opened, "last", rounds.last);
        if (!expressions().holds(loop.condition(), variables(run, variables))) {
            state.finish(run, rounds.last);
        } else if (rounds.opened == loop.most()) {
            throw FlowProblem.badExpression(loop.condition(), "it still holds after " + loop.most() + " rounds.");
        } else {
            int index = rounds.opened++;
            scope(run, loop.steps(), false, variables, run.path() + "[" + index + "].");
        }
    }

    private void branch(StepRun run, Step.Branch branch) {
        for (Step.Arm arm : branch.arms()) {
            if (arm.when().isEmpty() || expressions().holds(arm.when(), variables(run, Map.of()))) {
                run.status = StepStatus.RUNNING;
                scope(run, arm.steps(), false, Map.of(), run.path() + ".");
                return;
            }
        }
        run.reason = "no arm's condition held";
        state.finish(run, Map.of());
    }

    void plan(StepRun run, StepOutcome.Plan plan) {
        run.outputs(plan.outputs());
        run.status = StepStatus.RUNNING;
        if (plan.steps().isEmpty()) {
            state.finish(run, plan.outputs());
        } else {
            Scope _ = state.open(run, StepGraph.of(plan.steps(), false), Map.of(), run.path() + ".");
        }
    }

    private void scope(StepRun run, List<Step> steps, boolean together, Map<String, Object> variables, String prefix) {
        Scope _ = state.open(run, state.definition().graph(steps, together), variables, prefix);
    }

    /** All steps of a scope have ended. */
    void ended(Scope scope) {
        StepRun owner = scope.owner();
        if (owner == null) {
            return;
        }
        switch (owner.step()) {
            case Step.Foreach each -> {
                StepRun.Rounds rounds = rounds(owner);
                rounds.running--;
                rounds.failed |= scope.failed();
                int index = ((Number) java.util.Objects.requireNonNull(scope.variable("index"))).intValue();
                rounds.results.set(index, scope.failed() ? null : scope.lastOutputs());
                more(owner, each);
            }
            case Step.While loop -> {
                rounds(owner).last = scope.lastOutputs();
                boolean _ = (scope.failed() || !mayOpen(owner))
                        ? failed(owner, scope)
                        : tried(owner, () -> {
                            round(owner, loop);
                            return true;
                        });
            }
            case Step.Parallel _ -> finish(owner, scope.failed(), outputsById(scope), failure(scope));
            case Step.Work _ -> finish(owner, scope.failed(), owner.outputs(), failure(scope));
            default -> finish(owner, scope.failed(), scope.lastOutputs(), failure(scope));
        }
    }

    private boolean failed(StepRun owner, Scope scope) {
        finish(owner, true, Map.of(), failure(scope));
        return false;
    }

    private void finish(StepRun owner, boolean failed, Map<String, Object> outputs, String why) {
        if (failed) {
            String said = why.isEmpty() ? "a step in it failed" : why;
            state.finish(owner, StepStatus.FAILED, state.stopping() ? "the run was stopped" : said);
        } else {
            state.finish(owner, outputs);
        }
    }

    private static String failure(Scope scope) {
        return scope.runs().stream()
                .filter(StepRun::bad)
                .findFirst()
                .map(run -> run.step().id() + ": " + run.reason)
                .orElse("");
    }

    private static Map<String, Object> outputsById(Scope scope) {
        Map<String, Object> outputs = new LinkedHashMap<>();
        scope.runs().forEach(run -> outputs.put(run.step().id(), run.outputs()));
        return outputs;
    }

    private boolean tried(StepRun run, java.util.function.BooleanSupplier attempt) {
        try {
            return attempt.getAsBoolean();
        } catch (FlowProblem unusable) {
            state.finish(run, StepStatus.FAILED, unusable.getMessage());
            return false;
        }
    }

    private Map<String, Object> filled(StepRun run, Map<String, Object> settings) {
        if (!Variables.open(settings)) {
            return settings;
        }
        Object filled = expressions().filled(settings, variables(run, Map.of()));
        return filled instanceof Map<?, ?> map ? Values.plainMap(cast(map)) : Map.of();
    }

    private static Map<String, ?> cast(Map<?, ?> map) {
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        map.forEach((key, value) -> named.put(String.valueOf(key), value));
        return named;
    }

    private Variables variables(StepRun run, Map<String, Object> more) {
        StepRun seen = state.find(Compensation.undone(run.path())).orElse(run);
        return new Variables(state, seen.scope(), more);
    }

    private Expressions expressions() {
        return state.definition().expressions();
    }

    private static StepRun.Rounds rounds(StepRun run) {
        return java.util.Objects.requireNonNull(run.rounds, "a loop has rounds");
    }
}
