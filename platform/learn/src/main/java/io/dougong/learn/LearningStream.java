package io.dougong.learn;

import io.dougong.features.FeatureStream;
import io.dougong.kernel.Schema;
import io.dougong.lake.LakeTable;

/**
 * A stream of the application as history holds it.
 *
 * @param name as views and models call it
 * @param fields its own fields and the ones derived from them
 * @param table its events in the lake: the stream's own fields and {@link io.dougong.lake.SystemColumns}
 * @param key field that names an event, e.g. the flight; joins a question with its label
 * @param time field of the event time
 */
public record LearningStream(String name, FeatureStream fields, LakeTable table, String key, String time) {

    /** Of events in history, derived fields included. */
    public Schema schema() {
        return fields.schema();
    }
}
