package io.dougong.flow;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One list of steps being run: the root, one round of a loop, one arm of a branch, or what a step has planned. */
final class Scope {

    private final @Nullable StepRun owner;
    private final StepGraph graph;
    private final Map<String, Object> variables;
    private final StepRun[] runs;
    private int remaining;
    private boolean failed;
    private boolean closed;

    /** @param prefix of the paths in it, empty or ending with a dot */
    Scope(@Nullable StepRun owner, StepGraph graph, Map<String, Object> variables, String prefix) {
        this.owner = owner;
        this.graph = graph;
        this.variables = variables;
        this.runs = new StepRun[graph.steps().size()];
        this.remaining = runs.length;
        for (int place = 0; place < runs.length; place++) {
            Step step = graph.steps().get(place);
            runs[place] = new StepRun(
                    step, prefix + step.id(), this, place, graph.needs(place).size());
        }
    }

    @Nullable
    StepRun owner() {
        return owner;
    }

    List<StepRun> runs() {
        return List.of(runs);
    }

    List<StepRun> dependents(StepRun run) {
        return graph.dependents(run.place()).stream().map(place -> runs[place]).toList();
    }

    List<String> needs(StepRun run) {
        return graph.needs(run.place());
    }

    Optional<StepRun> find(String id) {
        return graph.place(id).map(place -> runs[place]);
    }

    /** What the last step in order of writing gave. */
    Map<String, Object> lastOutputs() {
        return runs[runs.length - 1].outputs();
    }

    /** Counts the end of one of the steps; true if it was the last. */
    boolean countEnd() {
        return --remaining == 0;
    }

    boolean over() {
        return remaining == 0;
    }

    boolean failed() {
        return failed;
    }

    void fail() {
        failed = true;
    }

    /** Nothing new begins in it, except what runs on failure. */
    void close() {
        closed = true;
    }

    /** Whether it or one around it is closed. */
    boolean closed() {
        return closed || (owner != null && owner.scope().closed());
    }

    boolean isWithin(Scope outer) {
        return this == outer || (owner != null && owner.scope().isWithin(outer));
    }

    @Nullable
    Scope parent() {
        return owner == null ? null : owner.scope();
    }

    @Nullable
    Object variable(String name) {
        Object value = variables.get(name);
        Scope parent = parent();
        return value != null || parent == null ? value : parent.variable(name);
    }

    /** The nearest step of that name, here or around. */
    @Nullable
    StepRun visible(String id) {
        Optional<StepRun> here = find(id);
        Scope parent = parent();
        return here.isPresent() ? here.get() : parent == null ? null : parent.visible(id);
    }
}
