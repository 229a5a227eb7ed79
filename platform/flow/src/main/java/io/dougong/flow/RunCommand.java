package io.dougong.flow;

import java.util.Map;

/** What the engine must do now that a run's state has changed. Doing it twice does no harm; not doing it is made good on recovery. */
sealed interface RunCommand {

    /** Make an attempt at a step. */
    record Execute(String path, int attempt, Step.Work step, Map<String, Object> settings) implements RunCommand {}

    /** Say {@link RunEvent.Woke} at that time. */
    record Wake(String path, int attempt, long atMicros) implements RunCommand {}

    /** Say {@link RunEvent.Signalled} when such a signal comes, or has come. */
    record Await(String path, String signal, Map<String, Object> keys) implements RunCommand {}

    /** Run another workflow and say how it ended. */
    record Call(String path, int attempt, String workflow, Map<String, Object> parameters) implements RunCommand {}

    /** End the attempt; by force, nobody waits for its outcome. */
    record Cancel(String path, boolean force) implements RunCommand {}

    /** The run has ended. */
    record Finish(RunStatus status) implements RunCommand {}
}
