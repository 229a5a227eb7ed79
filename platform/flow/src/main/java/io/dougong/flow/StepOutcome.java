package io.dougong.flow;

import java.util.List;
import java.util.Map;

/** How an attempt at a step ended; recorded exactly once. */
public sealed interface StepOutcome {

    /** @param outputs what later steps read as {@code steps.<id>.outputs} */
    record Done(Map<String, Object> outputs) implements StepOutcome {

        public Done {
            outputs = Values.plainMap(outputs);
        }
    }

    /**
     * The step has found out what is to be done next: these steps run in its place, and it ends when they have ended.
     * Each of them may plan again.
     */
    record Plan(Map<String, Object> outputs, List<Step> steps) implements StepOutcome {

        public Plan {
            outputs = Values.plainMap(outputs);
            steps = List.copyOf(steps);
        }
    }

    /** @param message for people: what was wrong with which value */
    record Failed(Failure failure, String message) implements StepOutcome {}

    /** Whose fault it was; each has a retry policy of its own. */
    enum Failure {
        /** The step itself: its input, its script, its code. Trying again seldom helps. */
        USER,
        /** What it runs on: a connection, a full disk, a process that was killed. Trying again often helps. */
        PLATFORM,
        /** It took longer than it may. */
        TIMEOUT,
        /** Somebody stopped it; never tried again. */
        CANCELLED
    }

    static StepOutcome done() {
        return new Done(Map.of());
    }

    static StepOutcome done(Map<String, Object> outputs) {
        return new Done(outputs);
    }

    static StepOutcome plan(Step... steps) {
        return new Plan(Map.of(), List.of(steps));
    }

    static StepOutcome failed(Failure failure, String message) {
        return new Failed(failure, message);
    }
}
