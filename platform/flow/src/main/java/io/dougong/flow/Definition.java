package io.dougong.flow;

import io.dougong.kernel.Digest;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A workflow made ready to run: its digest, and the order of each list of steps and the expressions once they are needed. */
final class Definition {

    private final Workflow workflow;
    private final String document;
    private final String digest;
    private final IdentityHashMap<List<Step>, StepGraph> graphs = new IdentityHashMap<>();
    private @Nullable Expressions expressions;

    Definition(Workflow workflow) {
        this.workflow = workflow;
        this.document = Values.json(WorkflowTree.of(workflow));
        this.digest = Digest.of(document).hex();
    }

    Workflow workflow() {
        return workflow;
    }

    /** The workflow as JSON, which the reader of workflow files reads again. */
    String document() {
        return document;
    }

    String digest() {
        return digest;
    }

    synchronized StepGraph graph(List<Step> steps, boolean together) {
        return graphs.computeIfAbsent(steps, _ -> StepGraph.of(steps, together));
    }

    synchronized Expressions expressions() {
        if (expressions == null) {
            Set<String> items = new TreeSet<>();
            items(workflow.steps(), items);
            expressions = new Expressions(items);
        }
        return expressions;
    }

    /** What the foreach steps in there call their items. */
    static void items(List<Step> steps, Set<String> items) {
        for (Step step : steps) {
            if (step instanceof Step.Foreach each && !each.as().isEmpty()) {
                items.add(each.as());
            }
            bodies(step).forEach(body -> items(body, items));
        }
    }

    /** The lists of steps within a step. */
    static List<List<Step>> bodies(Step step) {
        return switch (step) {
            case Step.Foreach each -> List.of(each.steps());
            case Step.While loop -> List.of(loop.steps());
            case Step.Parallel group -> List.of(group.steps());
            case Step.Branch branch ->
                branch.arms().stream().map(Step.Arm::steps).toList();
            case Step.Work _, Step.Wait _, Step.Approval _, Step.Call _ -> List.of();
        };
    }
}
