package io.dougong.node;

import io.dougong.events.embedded.EmbeddedSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * How a node runs.
 *
 * @param home everything the node keeps
 * @param clock wall clock of records; event time comes from the events
 * @param random makes ids
 * @param systemPartitions partitions of the streams of decisions and feedback
 * @param lakeCommit how long events may wait before they are committed to the lake
 * @param featureCheckpointEvents how many events may have to be applied again after a crash
 * @param maxAhead how far ahead of the clock an event's time may be
 * @param trainingRows most rows of a data set
 * @param codeVersion recorded with every training run
 */
public record NodeSettings(
        Path home,
        InstantSource clock,
        RandomGenerator random,
        EmbeddedSettings log,
        int systemPartitions,
        Duration lakeCommit,
        int featureCheckpointEvents,
        Duration maxAhead,
        int trainingRows,
        String codeVersion) {

    public static NodeSettings at(Path home) {
        return new NodeSettings(
                home,
                Clock.systemUTC(),
                new java.security.SecureRandom(),
                EmbeddedSettings.DEFAULT,
                1,
                Duration.ofSeconds(5),
                200_000,
                Duration.ofDays(1),
                3_000_000,
                "0.1.0");
    }

    /** The same, taking events whose time is so far ahead of the clock. */
    public NodeSettings withMaxAhead(Duration most) {
        return new NodeSettings(
                home,
                clock,
                random,
                log,
                systemPartitions,
                lakeCommit,
                featureCheckpointEvents,
                most,
                trainingRows,
                codeVersion);
    }

    /** Makes what follows the log survive a restart every so many events: fewer for a quicker start after a crash, more for less writing. */
    public NodeSettings checkpointing(int everyEvents) {
        return new NodeSettings(
                home,
                clock,
                random,
                log,
                systemPartitions,
                lakeCommit,
                everyEvents,
                maxAhead,
                trainingRows,
                codeVersion);
    }

    /** Ids that repeat: for demos and tests. */
    public NodeSettings seeded(long seed) {
        return new NodeSettings(
                home,
                clock,
                new java.util.SplittableRandom(seed),
                log,
                systemPartitions,
                lakeCommit,
                featureCheckpointEvents,
                maxAhead,
                trainingRows,
                codeVersion);
    }

    /** Waits so long before events are committed to the lake: longer for loading much at once. */
    public NodeSettings committing(Duration lakeCommit) {
        return new NodeSettings(
                home,
                clock,
                random,
                log,
                systemPartitions,
                lakeCommit,
                featureCheckpointEvents,
                maxAhead,
                trainingRows,
                codeVersion);
    }
}
