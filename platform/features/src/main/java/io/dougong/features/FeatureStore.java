package io.dougong.features;

import io.dougong.kernel.Offsets;
import io.dougong.kernel.Row;
import io.dougong.kernel.Schema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the features of all views current and answers what they are worth at a time. One thread applies events; any number of
 * threads read. What the values mean is told at {@link FeatureOperator}.
 */
public interface FeatureStore extends AutoCloseable {

    /**
     * Sets the views and streams in force. State of views that stay the same stays; a new or changed view starts empty, and
     * {@link #applied()} then goes back, so that the caller feeds its stream again (the other views pass those events over).
     */
    FeatureDefinitions define(FeatureDefinitions definitions);

    /** The same with rows of the given schemas and a lateness of {@link FeatureStream#DEFAULT_LATENESS}. */
    default FeatureDefinitions define(List<FeatureView> views, Map<String, Schema> schemas) {
        Map<String, FeatureStream> streams = new HashMap<>();
        schemas.forEach((name, schema) -> streams.put(name, FeatureStream.of(schema)));
        return define(FeatureDefinitions.of(views, streams));
    }

    FeatureDefinitions definitions();

    /**
     * Counts one event. Call with rising offsets per partition; an offset that has been applied is passed over.
     *
     * @param row of the stream's schema as defined, derived fields included
     */
    Applied apply(String stream, int partition, long offset, long timeMicros, Row row);

    /** The values at a time; missing ones are NaN. */
    FeatureVector read(FeatureQuery query, Row asking, long atMicros);

    /** Up to where every view has seen each partition: where to go on reading the log, after a restart too. */
    Offsets applied();

    /** Makes what has been applied so far survive a restart, all of it or nothing. */
    void checkpoint();

    /** All features, in the order of their definition. */
    List<FeatureInfo> features();

    /**
     * What is known of one entity, for people.
     *
     * @param key one value per entity field of the view
     * @return null if the entity is not known
     */
    @Nullable
    EntityState show(String view, List<Object> key, long atMicros);

    @Override
    void close();
}
