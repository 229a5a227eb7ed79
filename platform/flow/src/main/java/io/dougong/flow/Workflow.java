package io.dougong.flow;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is to be done: steps and their order. The same model whether it was written in YAML ({@link WorkflowFile}) or in Java.
 *
 * @param name lower-case letters, digits and dashes
 * @param parameters what a run may be given, by name
 * @param strategy what happens when a run is asked for while others run
 * @param onFailure what happens to the other steps when one failed
 * @param steps in the order of writing; a step without {@code needs} follows the one before it
 */
public record Workflow(
        String name,
        String description,
        Map<String, Parameter> parameters,
        Strategy strategy,
        OnFailure onFailure,
        List<Step> steps) {

    public Workflow {
        parameters = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        steps = List.copyOf(steps);
    }

    /** A workflow that takes no parameters, runs in parallel with itself and lets running steps end after a failure. */
    public static Workflow of(String name, Step... steps) {
        return new Workflow(name, "", Map.of(), Strategy.UNLIMITED, OnFailure.AFTER_RUNNING, List.of(steps));
    }

    public Workflow with(Map<String, Parameter> taken) {
        return new Workflow(name, description, taken, strategy, onFailure, steps);
    }

    public Workflow with(Strategy chosen) {
        return new Workflow(name, description, parameters, chosen, onFailure, steps);
    }

    public Workflow with(OnFailure chosen) {
        return new Workflow(name, description, parameters, strategy, chosen, steps);
    }

    /** What happens to the other steps when one failed for good. Steps that run {@code on: failure} or {@code on: always} still run. */
    public enum OnFailure {
        /** What runs is cancelled, nothing new begins. */
        AT_ONCE,
        /** What runs may end, nothing new begins. */
        AFTER_RUNNING,
        /** Only what needs the failed step is left out. */
        CONTINUE
    }

    /**
     * What happens when a run is asked for while others of the workflow run.
     *
     * @param limit how many may run at once; only for {@link Mode#PARALLEL}, 0 for any number
     */
    public record Strategy(Mode mode, int limit) {

        public static final Strategy UNLIMITED = new Strategy(Mode.PARALLEL, 0);

        /** How runs of one workflow share it. */
        public enum Mode {
            /** At once, up to the limit; the others wait. */
            PARALLEL,
            /** One after the other, in the order of asking. */
            SEQUENTIAL,
            /** One after the other; after one that did not succeed, nothing but its restart. */
            STRICT_SEQUENTIAL,
            /** While one runs, others are refused. */
            FIRST_ONLY,
            /** A new one stops those before it. */
            LAST_ONLY
        }

        /** How many may run at once. */
        int most() {
            return mode != Mode.PARALLEL ? 1 : limit == 0 ? Integer.MAX_VALUE : limit;
        }
    }
}
