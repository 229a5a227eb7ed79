package io.dougong.flow;

/** How a run stands. */
public enum RunStatus {
    /** Accepted, waits for other runs of its workflow. */
    QUEUED,
    RUNNING,
    PAUSED,
    /** It failed or was stopped, and takes back what it did. */
    UNDOING,
    SUCCEEDED,
    FAILED,
    STOPPED,
    KILLED;

    public boolean ended() {
        return switch (this) {
            case QUEUED, RUNNING, PAUSED, UNDOING -> false;
            case SUCCEEDED, FAILED, STOPPED, KILLED -> true;
        };
    }
}
