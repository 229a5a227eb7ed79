package io.dougong.flow;

/**
 * One run of a workflow, as lists show it.
 *
 * @param definition digest of the workflow as it was when the run was accepted
 * @param key under which it was started, so that the same start again is the same run; empty for none
 * @param parent the run that called it; empty for none
 * @param parentPath the step that called it
 * @param reason why it was stopped, or failed where no step tells; empty if there is nothing to add
 * @param endedMicros 0 while it has not ended
 */
public record Run(
        String id,
        String workflow,
        String definition,
        RunStatus status,
        String key,
        String parent,
        String parentPath,
        String origin,
        String reason,
        long acceptedMicros,
        long endedMicros) {

    Run with(RunStatus now, String why, long atMicros) {
        return new Run(
                id,
                workflow,
                definition,
                now,
                key,
                parent,
                parentPath,
                origin,
                why,
                acceptedMicros,
                now.ended() ? atMicros : 0);
    }
}
