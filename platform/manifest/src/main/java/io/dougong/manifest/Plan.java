package io.dougong.manifest;

import java.util.List;
import java.util.Optional;

/**
 * What must be done so that the wanted application runs: what is no longer wanted goes first, decisions before models before views
 * before streams; then what is new or different comes, the other way round.
 */
public record Plan(List<Change> changes) {

    public Plan {
        changes = List.copyOf(changes);
    }

    /** @param current what runs now, or empty if nothing does */
    public static Plan between(Optional<Application> current, Application wanted) {
        return new Plan(Planning.between(current, wanted));
    }

    /** True if there is nothing to do. */
    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /** Every reason not to apply it; empty if it can be applied. */
    public List<String> refusals() {
        return changes.stream().flatMap(change -> change.refusals().stream()).toList();
    }

    /**
     * This plan.
     *
     * @throws ManifestProblem.Refused if it cannot be applied
     */
    public Plan orRefuse() {
        if (!refusals().isEmpty()) {
            throw ManifestProblem.refused(this);
        }
        return this;
    }

    /** For people, a few lines for each change. */
    public String text() {
        return PlanText.of(this);
    }

    /** For programs: {@code {"changes": [{"change", "part", "name", …}], "refusals": […]}}. */
    public byte[] json() {
        return PlanText.json(this);
    }
}
