package io.dougong.flow;

import io.dougong.documents.Faults;
import io.dougong.documents.Node;
import io.dougong.documents.Plain;
import io.dougong.kernel.Suggest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes a workflow of a document, and reports what the shape alone cannot tell: unknown steps, circles, wrong expressions. */
final class WorkflowReader {

    private final Map<String, StepKind> kinds;
    private final Faults faults;

    /** @param kinds empty to take any */
    WorkflowReader(Map<String, StepKind> kinds, Faults faults) {
        this.kinds = kinds;
        this.faults = faults;
    }

    /** The workflow; meaningless if there are faults. */
    Workflow read(Node.Entries map) {
        if (!faults.isEmpty()) {
            return Workflow.of("");
        }
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        if (map.has("parameters")) {
            map.map("parameters")
                    .entries()
                    .forEach((name, entry) -> parameters.put(name, parameter(Node.map(entry.node()))));
        }
        Workflow workflow = new Workflow(
                map.text("workflow"),
                map.textIfAny("description").orElse(""),
                parameters,
                map.find("strategy").map(WorkflowReader::strategy).orElse(Workflow.Strategy.UNLIMITED),
                map.textIfAny("on_failure")
                        .map(word -> StepReader.word(Workflow.OnFailure.class, word))
                        .orElse(Workflow.OnFailure.AFTER_RUNNING),
                new StepReader(kinds).steps(map.map("steps")));
        if (!kinds.isEmpty()) {
            check(workflow, map);
        }
        return workflow;
    }

    private Parameter parameter(Node.Entries map) {
        Parameter.Type type = StepReader.word(Parameter.Type.class, map.text("type"));
        @Nullable
        Object fallback = map.find("default").map(Plain::of).map(Values::plain).orElse(null);
        if (fallback != null && !type.holds(fallback)) {
            faults.atValue(map.path() + ".default", "Expected " + type.what() + ", found '" + fallback + "'.", "");
        }
        return new Parameter(type, fallback, map.textIfAny("description").orElse(""));
    }

    private static Workflow.Strategy strategy(Node node) {
        if (node instanceof Node.Entries map) {
            int limit = map.has("limit") ? map.whole("limit") : 0;
            return new Workflow.Strategy(StepReader.word(Workflow.Strategy.Mode.class, map.text("mode")), limit);
        }
        return new Workflow.Strategy(StepReader.word(Workflow.Strategy.Mode.class, Node.text(node)), 0);
    }

    private void check(Workflow workflow, Node.Entries map) {
        Set<String> items = new TreeSet<>();
        Definition.items(workflow.steps(), items);
        Expressions expressions = new Expressions(items);
        Place place = new Place(expressions, workflow.parameters().keySet(), Set.of());
        siblings(workflow.steps(), map.map("steps"), false, place);
    }

    /** What can be named where a step stands. */
    private record Place(Expressions expressions, Set<String> parameters, Set<String> steps) {

        Place within(List<Step> siblings) {
            Set<String> visible = new TreeSet<>(steps);
            siblings.forEach(step -> visible.add(step.id()));
            return new Place(expressions, parameters, visible);
        }
    }

    private void siblings(List<Step> steps, Node.Entries map, boolean together, Place outside) {
        Set<String> ids = new TreeSet<>();
        steps.forEach(step -> ids.add(step.id()));
        Place inside = outside.within(steps);
        for (Step step : steps) {
            Node.Entries at = map.map(step.id());
            needs(step, at, ids);
            expressions(at, inside);
            bodies(step, at, inside);
        }
        List<String> circle = StepGraph.of(steps, together).circle();
        if (!circle.isEmpty()) {
            faults.atKey(
                    map.map(circle.getFirst()).path(),
                    "These steps wait for each other: " + String.join(", ", circle) + ".",
                    "Take one of the needs away.");
        }
    }

    private void needs(Step step, Node.Entries at, Set<String> ids) {
        List<String> needs = step.head().needs().orElse(List.of());
        for (int i = 0; i < needs.size(); i++) {
            if (!ids.contains(needs.get(i))) {
                faults.atValue(
                        Node.item(at.path() + ".needs", i),
                        "There is no step '" + needs.get(i) + "' beside this one.",
                        Suggest.near(needs.get(i), ids));
            }
        }
    }

    private void bodies(Step step, Node.Entries at, Place inside) {
        switch (step) {
            case Step.Foreach each -> siblings(each.steps(), at.map("steps"), false, inside);
            case Step.While loop -> siblings(loop.steps(), at.map("steps"), false, inside);
            case Step.Parallel group -> siblings(group.steps(), at.map("parallel"), true, inside);
            case Step.Branch branch -> {
                List<Node> arms = at.items("branch");
                for (int i = 0; i < arms.size(); i++) {
                    Node.Entries arm = Node.map(arms.get(i));
                    arm.find("when").ifPresent(when -> expression(when, Node.text(when), inside));
                    siblings(branch.arms().get(i).steps(), arm.map("steps"), false, inside);
                }
            }
            case Step.Work work -> undo(work, at);
            case Step.Wait _, Step.Approval _, Step.Call _ -> {}
        }
    }

    private void undo(Step.Work work, Node.Entries at) {
        work.undo()
                .filter(undo -> !kinds.containsKey(undo.kind()))
                .ifPresent(undo -> faults.atValue(
                        at.path() + ".undo",
                        "There is no kind of step '" + undo.kind() + "'.",
                        Suggest.near(undo.kind(), kinds.keySet())));
    }

    private void expressions(Node.Entries step, Place place) {
        step.entries().forEach((key, entry) -> {
            switch (key) {
                case "when", "foreach", "while" -> expression(entry.node(), Node.text(entry.node()), place);
                case "steps", "branch", "needs", "as" -> {}
                case "parallel" -> {}
                default -> holes(entry.node(), place);
            }
        });
    }

    private void holes(Node node, Place place) {
        switch (node) {
            case Node.Value value -> {
                if (value.value() instanceof String text) {
                    Expressions.holes(text).forEach(hole -> expression(node, hole, place));
                }
            }
            case Node.Items items -> items.items().forEach(item -> holes(item, place));
            case Node.Entries entries -> entries.entries().values().forEach(entry -> holes(entry.node(), place));
        }
    }

    private void expression(Node at, String expression, Place place) {
        place.expressions()
                .mistakes(expression, place.steps(), place.parameters())
                .forEach(mistake -> faults.atValue(at.path(), mistake.message(), mistake.advice()));
    }
}
