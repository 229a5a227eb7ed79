package io.dougong.flow;

import io.dougong.documents.Shape;
import java.util.List;
import java.util.Map;

/**
 * A kind of work that steps can be of. Rooms bring their own: {@code train}, {@code evaluate}, {@code deploy} …
 *
 * <p>What a kind can rely on: its body runs at least once for each attempt that the journal knows, and of all attempts one outcome is
 * recorded, exactly once. A body that changes the world outside should do so under {@link StepContext#idempotencyKey}.
 */
public interface StepKind {

    /** The key that marks a step of this kind, e.g. {@code script}. */
    String name();

    /** What may stand under it; texts with <code>${{ … }}</code> are checked once they are filled in. */
    Shape settings();

    /** The setting that is meant when a single value stands there, e.g. {@code run} for {@code script: "make"}; empty for none. */
    default String brief() {
        return "";
    }

    /** Whether the body reads pipes or files or calls native code for long, which must not be done on virtual threads. */
    default boolean needsPlatformThread() {
        return false;
    }

    /**
     * One attempt. Exceptions are failures: a {@link io.dougong.kernel.Problem} of an overloaded or unavailable part, and an
     * {@link java.io.IOException}, are the platform's fault, any other the user's.
     */
    StepOutcome run(StepContext context) throws Exception;

    /** What a task in Java does. */
    @FunctionalInterface
    interface Task {
        StepOutcome run(StepContext context, Map<String, Object> input) throws Exception;
    }

    /** Steps {@code task: { name: …, with: { … } }}: Java under a name. */
    static StepKind tasks(Map<String, Task> tasks) {
        return new TaskKind(tasks);
    }

    /** The kinds by name. */
    static Map<String, StepKind> byName(List<StepKind> kinds) {
        Map<String, StepKind> named = new java.util.TreeMap<>();
        kinds.forEach(kind -> named.put(kind.name(), kind));
        return named;
    }
}
