package io.dougong.events;

import io.dougong.kernel.FieldType;
import io.dougong.kernel.Schema;
import java.time.Duration;

/**
 * A stream as an application declares it.
 *
 * @param key field that becomes the subject, hence the partition key
 * @param time timestamp field that becomes the event time
 * @param lateness how much older than the newest event another may be and still count
 */
public record StreamDefinition(
        String name, String key, String time, Schema schema, Duration lateness, int partitions, Retention retention) {

    public StreamDefinition {
        schema.field(key);
        if (schema.field(time).type() != FieldType.TIMESTAMP) {
            throw EventProblem.badStream(
                    "field '" + time + "' of stream '" + name + "' is of type "
                            + schema.field(time).type().label(),
                    "The event time must be a timestamp.");
        }
        if (lateness.isNegative()) {
            throw EventProblem.badStream("stream '" + name + "' has lateness " + lateness, "It cannot be negative.");
        }
        StreamConfig.checkName(name);
    }

    public StreamConfig config() {
        return new StreamConfig(name, partitions, retention);
    }
}
