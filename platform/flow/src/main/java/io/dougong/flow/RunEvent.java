package io.dougong.flow;

import java.util.List;
import java.util.Map;

/** What happened to a run. Its state is the fold of these, in order; nothing else is kept. */
public sealed interface RunEvent {

    long atMicros();

    /**
     * The run was accepted: from here on it ends or visibly fails.
     *
     * @param definition digest of the workflow
     * @param origin who or what asked: {@code manual}, {@code cron}, {@code restart of …}, {@code call of …}
     * @param given outcomes taken over from an earlier run, by path
     * @param holds paths at which it stops before it goes on
     * @param queued whether it waits for {@link Control#ADMIT}
     */
    record Accepted(
            long atMicros,
            String definition,
            Map<String, Object> parameters,
            String origin,
            Map<String, StepOutcome> given,
            List<String> holds,
            boolean queued)
            implements RunEvent {}

    /** An attempt at a step ended. */
    record Ended(long atMicros, String path, int attempt, long startedMicros, StepOutcome outcome, boolean cached)
            implements RunEvent {}

    /** The signal that a step waits for came. */
    record Signalled(long atMicros, String path, Map<String, Object> payload, String by) implements RunEvent {}

    /** A person answered. */
    record Answered(long atMicros, String path, boolean approved, String by, String comment) implements RunEvent {}

    /** The time for the next attempt has come, or the time to wait is over. */
    record Woke(long atMicros, String path, int attempt) implements RunEvent {}

    /** The node that ran the run's steps is gone; its attempts count as interrupted. */
    record Recovered(long atMicros, long generation) implements RunEvent {}

    /** Somebody took the run by the hand. */
    record Controlled(long atMicros, Control control, String path, String by, String reason) implements RunEvent {}

    /** What can be asked of a run, of one step where a path is named. */
    enum Control {
        /** It waited for others and may begin. */
        ADMIT,
        PAUSE,
        RESUME,
        /** What runs is asked to end, what was done is undone where the workflow says how. */
        STOP,
        /** At once, without undoing. */
        KILL,
        SKIP,
        /** Stop before this step. */
        HOLD,
        /** Go on at this step. */
        RELEASE
    }
}
