package io.dougong.features.embedded;

import io.dougong.features.Applied;
import io.dougong.features.EntityState;
import io.dougong.features.FeatureDefinitions;
import io.dougong.features.FeatureInfo;
import io.dougong.features.FeatureOperator;
import io.dougong.features.FeatureProblem;
import io.dougong.features.FeatureQuery;
import io.dougong.features.FeatureStore;
import io.dougong.features.FeatureVector;
import io.dougong.features.FeatureView;
import io.dougong.features.OperatorSettings;
import io.dougong.kernel.Offsets;
import io.dougong.kernel.Row;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Feature state in memory, checkpointed to RocksDB: values, offsets and views in one synced batch, of which only the chunks (64
 * minutes of an entity) that have changed are written. After a restart, {@link #define} loads the last checkpoint and
 * {@link #applied} says from where to feed the log. A checkpoint that a crash cuts short has not happened.
 */
public final class EmbeddedFeatureStore implements FeatureStore {

    private final FeatureOperator operator;
    private final StateStore stored;
    private final ReentrantLock storing = new ReentrantLock();
    private boolean closed;

    private EmbeddedFeatureStore(StateStore stored, int maxEntities) {
        this.stored = stored;
        this.operator = new FeatureOperator(FeatureDefinitions.NONE, new OperatorSettings(maxEntities, true));
    }

    /** Opens or creates the folder; throws {@link io.dougong.kernel.StorageProblem} if another process has it. */
    public static EmbeddedFeatureStore open(Path folder) {
        return open(folder, FeatureOperator.DEFAULT_MAX_ENTITIES);
    }

    /** @param maxEntities how many entities each view may have */
    public static EmbeddedFeatureStore open(Path folder, int maxEntities) {
        return new EmbeddedFeatureStore(StateStore.open(folder), maxEntities);
    }

    @Override
    public FeatureDefinitions define(FeatureDefinitions definitions) {
        whileOpen(() -> {
            operator.define(definitions, stored);
            stored.retain(definitions.views().stream().map(FeatureView::name).collect(Collectors.toSet()));
        });
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

    /** Takes as long as writing what has changed since the last one; events wait meanwhile, readers do not. */
    @Override
    public void checkpoint() {
        whileOpen(() -> {
            try (StateStore.Checkpoint checkpoint = stored.checkpoint()) {
                operator.drain(checkpoint);
            }
        });
    }

    private void whileOpen(Runnable action) {
        storing.lock();
        try {
            if (closed) {
                throw FeatureProblem.closed();
            }
            action.run();
        } finally {
            storing.unlock();
        }
    }

    @Override
    public List<FeatureInfo> features() {
        return operator.features();
    }

    @Override
    public @Nullable EntityState show(String view, List<Object> key, long atMicros) {
        return operator.show(view, key, atMicros);
    }

    /** Does not checkpoint: what came after the last one is fed again from the log. */
    @Override
    public void close() {
        storing.lock();
        try {
            if (!closed) {
                closed = true;
                stored.close();
            }
        } finally {
            storing.unlock();
        }
    }
}
