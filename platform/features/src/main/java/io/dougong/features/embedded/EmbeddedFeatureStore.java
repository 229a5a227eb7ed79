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
import io.dougong.kernel.DurableFiles;
import io.dougong.kernel.Offsets;
import io.dougong.kernel.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Feature state in memory, checkpointed to RocksDB: values, offsets and views in one synced batch, of which only the chunks (64
 * minutes of an entity) that have changed are written. After a restart, {@link #define} loads the last checkpoint and
 * {@link #applied} says from where to feed the log. A checkpoint that a crash cuts short has not happened; one that the disk refuses can
 * be tried again: the store is then opened anew first, as RocksDB takes no writes after a failed one.
 */
public final class EmbeddedFeatureStore implements FeatureStore {

    /** Free space that opening anew may need. */
    private static final int PROBE_BYTES = 1 << 20;

    private final Path folder;
    private final FeatureOperator operator;
    private final ReentrantLock storing = new ReentrantLock();
    private @Nullable StateStore stored;
    private boolean refused;
    private boolean closed;

    private EmbeddedFeatureStore(Path folder, int maxEntities) {
        this.folder = folder;
        this.stored = StateStore.open(folder);
        this.operator = new FeatureOperator(FeatureDefinitions.NONE, new OperatorSettings(maxEntities, true));
    }

    /** Opens or creates the folder; throws {@link io.dougong.kernel.StorageProblem} if another process has it. */
    public static EmbeddedFeatureStore open(Path folder) {
        return open(folder, FeatureOperator.DEFAULT_MAX_ENTITIES);
    }

    /** @param maxEntities how many entities each view may have */
    public static EmbeddedFeatureStore open(Path folder, int maxEntities) {
        return new EmbeddedFeatureStore(folder, maxEntities);
    }

    @Override
    public FeatureDefinitions define(FeatureDefinitions definitions) {
        whileOpen(state -> {
            operator.define(definitions, state);
            state.retain(definitions.views().stream().map(FeatureView::name).collect(Collectors.toSet()));
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
        whileOpen(state -> {
            try (StateStore.Checkpoint checkpoint = state.checkpoint()) {
                operator.drain(checkpoint);
            }
        });
    }

    private void whileOpen(Consumer<StateStore> action) {
        storing.lock();
        try {
            if (closed) {
                throw FeatureProblem.closed();
            }
            StateStore state = refused || stored == null ? reopened() : stored;
            refused = true;
            action.accept(state);
            refused = false;
        } finally {
            storing.unlock();
        }
    }

    /** Only once the disk takes writes again: a store closed for nothing could perhaps not be opened. */
    private StateStore reopened() {
        try {
            DurableFiles.probe(folder, PROBE_BYTES);
        } catch (IOException full) {
            throw FeatureProblem.stateFailed(folder.toString(), full);
        }
        closeStored();
        StateStore opened = StateStore.open(folder);
        stored = opened;
        return opened;
    }

    private void closeStored() {
        StateStore open = stored;
        stored = null;
        if (open != null) {
            open.close();
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
                closeStored();
            }
        } finally {
            storing.unlock();
        }
    }
}
