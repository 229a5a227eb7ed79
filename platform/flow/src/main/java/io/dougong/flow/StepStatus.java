package io.dougong.flow;

/** How one step of a run stands. */
public enum StepStatus {
    /** Something that it needs has not ended. */
    PENDING,
    /** It could begin, but the run is to stop before it. */
    HELD,
    RUNNING,
    /** For a signal or a person. */
    WAITING,
    /** For the next attempt. */
    RETRYING,
    DONE,
    FAILED,
    SKIPPED,
    CANCELLED;

    public boolean ended() {
        return switch (this) {
            case PENDING, HELD, RUNNING, WAITING, RETRYING -> false;
            case DONE, FAILED, SKIPPED, CANCELLED -> true;
        };
    }
}
