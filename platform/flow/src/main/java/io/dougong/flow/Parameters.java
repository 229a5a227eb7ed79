package io.dougong.flow;

import io.dougong.kernel.Suggest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Holds what a run is given, or asked to do, against what it takes. */
final class Parameters {

    private Parameters() {}

    static Map<String, Object> checked(Workflow workflow, Map<String, Object> given) {
        Map<String, Parameter> taken = workflow.parameters();
        given.keySet().stream()
                .filter(name -> !taken.containsKey(name))
                .findFirst()
                .ifPresent(name -> {
                    throw FlowProblem.badParameters(
                            "The workflow " + workflow.name() + " takes no parameter '" + name + "'.",
                            Suggest.near(name, taken.keySet()));
                });
        Map<String, Object> checked = new LinkedHashMap<>();
        taken.forEach((name, parameter) -> checked.put(name, value(name, parameter, Values.plain(given.get(name)))));
        return Values.plainMap(checked);
    }

    private static Object value(String name, Parameter parameter, @Nullable Object given) {
        Object value = given == null ? parameter.fallback() : given;
        if (value == null) {
            throw FlowProblem.badParameters(
                    "The parameter '" + name + "' is missing.",
                    "It is " + parameter.type().what() + ".");
        }
        if (!parameter.type().holds(value)) {
            throw FlowProblem.badParameters(
                    "The parameter '" + name + "' must be " + parameter.type().what() + ", not '" + value + "'.", "");
        }
        return value;
    }

    /** Why a run cannot do what it is asked. */
    static FlowProblem unfit(RunView run, RunEvent event) {
        String path = switch (event) {
            case RunEvent.Answered answer -> answer.path();
            case RunEvent.Controlled control -> control.path();
            default -> "";
        };
        if (path.isEmpty()) {
            return FlowProblem.unfit(
                    "The run " + run.run().id() + " is " + run.run().status() + " and cannot do that.", "");
        }
        return run.step(path)
                .map(step -> FlowProblem.unfit(
                        "The step '" + path + "' is a step of kind " + step.kind() + " that is " + step.status()
                                + " and cannot do that.",
                        step.kind().equals("foreach") || step.kind().equals("parallel")
                                ? "Maybe name a step within it."
                                : ""))
                .orElseGet(() -> FlowProblem.noStep(
                        path, run.steps().stream().map(RunView.StepView::path).toList()));
    }
}
