package io.dougong.flow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The order of one list of siblings: what each waits for, and what waits for it. Made once for each list of a workflow, so that
 * starting or ending a step costs the number of its neighbours, not of all steps.
 */
final class StepGraph {

    private final List<Step> steps;
    private final Map<String, Integer> places = new HashMap<>();
    private final List<List<String>> needs = new ArrayList<>();
    private final List<List<Integer>> dependents = new ArrayList<>();

    private StepGraph(List<Step> steps) {
        this.steps = steps;
        steps.forEach(step -> places.put(step.id(), places.size()));
        steps.forEach(_ -> dependents.add(new ArrayList<>()));
    }

    /** @param together whether steps that say nothing begin at once, rather than after the one before */
    static StepGraph of(List<Step> steps, boolean together) {
        StepGraph graph = new StepGraph(steps);
        String before = "";
        for (Step step : steps) {
            List<String> usual = together || before.isEmpty() ? List.of() : List.of(before);
            graph.connect(step, step.head().needs().orElse(usual));
            before = step.id();
        }
        return graph;
    }

    private void connect(Step step, List<String> needed) {
        List<String> known =
                needed.stream().filter(places::containsKey).distinct().toList();
        needs.add(known);
        int own = place(step.id()).orElseThrow();
        known.forEach(id -> dependents.get(place(id).orElseThrow()).add(own));
    }

    List<Step> steps() {
        return steps;
    }

    List<String> needs(int place) {
        return needs.get(place);
    }

    List<Integer> dependents(int place) {
        return dependents.get(place);
    }

    Optional<Integer> place(String id) {
        return Optional.ofNullable(places.get(id));
    }

    /** Ids that wait for each other in a circle; empty if there is none (Kahn). */
    List<String> circle() {
        int[] unmet = new int[steps.size()];
        List<Integer> free = new ArrayList<>();
        for (int place = 0; place < unmet.length; place++) {
            unmet[place] = needs.get(place).size();
            if (unmet[place] == 0) {
                free.add(place);
            }
        }
        for (int next = 0; next < free.size(); next++) {
            for (int dependent : dependents.get(free.get(next))) {
                if (--unmet[dependent] == 0) {
                    free.add(dependent);
                }
            }
        }
        return steps.stream()
                .map(Step::id)
                .filter(id -> unmet[place(id).orElseThrow()] > 0)
                .toList();
    }
}
