package io.dougong.features;

import io.dougong.kernel.Offsets;
import io.dougong.kernel.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A store whose state is gone with the process: the caller feeds the log from the start. */
public final class MemoryFeatureStore implements FeatureStore {

    private final FeatureOperator operator = new FeatureOperator(FeatureDefinitions.NONE);

    @Override
    public FeatureDefinitions define(FeatureDefinitions definitions) {
        operator.define(definitions, StateSource.NONE);
        return definitions;
    }

    @Override
    public FeatureDefinitions definitions() {
        return operator.definitions();
    }

    @Override
    public Applied apply(String stream, int partition, long offset, long timeMicros, Row row) {
        return operator.apply(stream, partition, offset, timeMicros, row);
    }

    @Override
    public FeatureVector read(FeatureQuery query, Row asking, long atMicros) {
        return operator.read(query, asking, atMicros);
    }

    @Override
    public Offsets applied() {
        return operator.applied();
    }

    /** There is nothing to keep it in. */
    @Override
    public void checkpoint() {}

    @Override
    public List<FeatureInfo> features() {
        return operator.features();
    }

    @Override
    public @Nullable EntityState show(String view, List<Object> key, long atMicros) {
        return operator.show(view, key, atMicros);
    }

    @Override
    public void close() {}
}
