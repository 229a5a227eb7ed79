package io.dougong.events;

import java.util.regex.Pattern;

/**
 * What a stream is made of.
 *
 * @param name lower-case letters, digits, dot, dash and underscore; names that end in {@code .dead} are the log's own
 * @param partitions fixed for the life of the stream, since a subject's partition depends on it
 */
public record StreamConfig(String name, int partitions, Retention retention) {

    public static final int MAX_PARTITIONS = 1024;

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,127}");

    public StreamConfig {
        checkName(name);
        if (partitions < 1 || partitions > MAX_PARTITIONS) {
            throw EventProblem.badStream(
                    "stream '" + name + "' asks for " + partitions + " partitions",
                    "A stream has 1 to " + MAX_PARTITIONS + ".");
        }
    }

    public static StreamConfig of(String name, int partitions) {
        return new StreamConfig(name, partitions, Retention.FOREVER);
    }

    /** Refuses what cannot be the name of a stream or of a consumer group. */
    public static void checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw EventProblem.badStream(
                    "'" + name + "' is not a name",
                    "Use up to 128 lower-case letters, digits, '.', '-' and '_', beginning with a letter or digit.");
        }
    }
}
