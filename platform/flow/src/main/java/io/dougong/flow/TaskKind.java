package io.dougong.flow;

import io.dougong.documents.Shape;
import java.util.List;
import java.util.Map;

/** Tasks in Java, by name. */
final class TaskKind implements StepKind {

    private final Map<String, Task> tasks;

    TaskKind(Map<String, Task> tasks) {
        this.tasks = Map.copyOf(tasks);
    }

    @Override
    public String name() {
        return "task";
    }

    @Override
    public String brief() {
        return "name";
    }

    @Override
    public Shape settings() {
        return new Shape.Keys(
                "a task",
                List.of(
                        Shape.Property.required(
                                "name",
                                new Shape.Choice(
                                        "the name of a task",
                                        tasks.keySet().stream().sorted().toList()),
                                "Which one."),
                        Shape.Property.optional("with", WorkflowGrammar.VALUES, "What it is given.")));
    }

    @Override
    public StepOutcome run(StepContext context) throws Exception {
        String name = String.valueOf(context.settings().get("name"));
        Task task = tasks.get(name);
        if (task == null) {
            throw FlowProblem.noKind("task " + name, tasks.keySet());
        }
        Object input = context.settings().getOrDefault("with", Map.of());
        return task.run(context, input instanceof Map<?, ?> map ? named(map) : Map.of());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> named(Map<?, ?> map) {
        return (Map<String, Object>) map;
    }
}
