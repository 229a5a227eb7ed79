package io.dougong.flow;

import java.util.Map;

/** What the body of a step is told, and how it speaks while it runs. */
public interface StepContext {

    /** The run's id. */
    String run();

    /** Where in the run, e.g. {@code sweep[3].fit}. */
    String path();

    /** From 1. */
    int attempt();

    /** The same for every attempt at this step of this run, and no other: what was done under it need not be done again. */
    String idempotencyKey();

    /** What the workflow says, filled in. */
    Map<String, Object> settings();

    /** Adds a line to the step's log. */
    void log(String line);

    /** Called once if the attempt is cancelled, killed or out of time; the body's thread is interrupted as well. */
    void onCancel(Runnable action);

    /** Whether the attempt is to end. */
    boolean cancelled();
}
