package io.dougong.flow;

/** Where the lines go that steps write. Called from any thread; must not block for long. */
public interface StepLogs {

    StepLogs NONE = (_, _, _, _) -> {};

    /** @param line without its end; never longer than 8 KiB */
    void line(String run, String path, int attempt, String line);
}
