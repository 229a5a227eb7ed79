package io.dougong.features;

import io.dougong.kernel.Offsets;
import io.dougong.kernel.Row;
import io.dougong.kernel.StreamPartition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The operator: turns events into feature values. Streams, batch, replay and verification all run this class.
 *
 * <p><b>Meaning.</b> Time is event time. Events fall into panes of one minute, pane(t) = ⌊t / 60 s⌋. With m = pane(t), the value of
 * a window of W minutes at time t covers the panes m − W … m − 1: closed ones only, so that nothing of the asking minute is in it
 * and the order of events within a minute cannot matter. This holds for every aggregate, {@link Aggregate.Last} and
 * {@link Aggregate.Decayed} too. What a pane holds merges exactly and in any order ({@link CellLayout}, {@link Sketch},
 * {@link FixedPoint}); results are rounded once, at the end. An event without a value for one of the view's entity fields
 * belongs to no entity; a question without one gets missing values.
 *
 * <p><b>A value is a function of the set of events seen.</b> Let N be the newest event time seen of the stream, and R the view's
 * longest window plus the stream's lateness. An event older than pane(N) − R is too late and not counted; panes older than that are
 * dropped; and a window that reaches back before pane(N) − R is missing. An event that came too late, or was dropped, lies before
 * pane(N) − R ever after, as N only grows; so it lies in no window that is answered. Hence which events came first does not
 * matter: the values at given offsets are the same whatever the interleaving of partitions, and can be verified from the log. A
 * question at most the lateness behind N is always answered in full, since then m − W ≥ pane(N) − R.
 *
 * <p><b>Threads.</b> One thread applies events, each under a write stamp; readers read without locking and check the stamp, and
 * take the read lock after a few failures (Lea, {@link StampedLock}). What a failed attempt saw is discarded, including any exception it met; all
 * loops over shared state end by the length of arrays. The offsets of a vector are copied within the same stamp as its values.
 */
public final class FeatureOperator {

    /** How many entities a view may have, unless told otherwise. */
    public static final int DEFAULT_MAX_ENTITIES = 2_000_000;

    private static final int OPTIMISTIC_TRIES = 3;

    private final OperatorSettings settings;
    private final ReentrantLock writing = new ReentrantLock();
    private final StampedLock lock = new StampedLock();
    private volatile OperatorState state;

    /** An operator whose state is never drained. */
    public FeatureOperator(FeatureDefinitions definitions) {
        this(definitions, new OperatorSettings(DEFAULT_MAX_ENTITIES, false));
    }

    public FeatureOperator(FeatureDefinitions definitions, OperatorSettings settings) {
        this.settings = settings;
        this.state = OperatorState.of(definitions, settings);
    }

    public FeatureDefinitions definitions() {
        return state.definitions();
    }

    /** See {@link FeatureStore#define}; new views are loaded from the source if it has them. */
    public void define(FeatureDefinitions definitions, StateSource source) {
        writing.lock();
        try {
            OperatorState changed = state.with(definitions, source, settings);
            long stamp = lock.writeLock();
            try {
                state = changed;
            } finally {
                lock.unlockWrite(stamp);
            }
        } finally {
            writing.unlock();
        }
    }

    /** See {@link FeatureStore#apply}; rows may come with or without their derived fields. */
    public Applied apply(String stream, int partition, long offset, long timeMicros, Row row) {
        writing.lock();
        try {
            StreamState seen = state.streams().get(stream);
            if (seen == null) {
                return Applied.UNUSED;
            }
            return seen.isNew(partition, offset)
                    ? take(seen, partition, offset, timeMicros, seen.derived(row))
                    : Applied.REPEATED;
        } finally {
            writing.unlock();
        }
    }

    private Applied take(StreamState seen, int partition, long offset, long timeMicros, Row event) {
        boolean fit = seen.prepare(event);
        long stamp = lock.writeLock();
        try {
            return seen.take(partition, offset, timeMicros, event, fit);
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    /** See {@link FeatureStore#read}. */
    public FeatureVector read(FeatureQuery query, Row asking, long atMicros) {
        for (int i = 0; i < OPTIMISTIC_TRIES; i++) {
            long stamp = lock.tryOptimisticRead();
            FeatureVector vector = stamp == 0 ? null : attempt(stamp, query, asking, atMicros);
            if (vector != null) {
                return vector;
            }
        }
        long stamp = lock.readLock();
        try {
            return gather(query, asking, atMicros);
        } finally {
            lock.unlockRead(stamp);
        }
    }

    /** Null if an event was applied meanwhile. An exception from torn state says nothing and is dropped with it. */
    private @Nullable FeatureVector attempt(long stamp, FeatureQuery query, Row asking, long atMicros) {
        try {
            FeatureVector vector = gather(query, asking, atMicros);
            return lock.validate(stamp) ? vector : null;
        } catch (RuntimeException perhapsTorn) {
            if (lock.validate(stamp)) {
                throw perhapsTorn;
            }
            return null;
        }
    }

    private FeatureVector gather(FeatureQuery query, Row asking, long atMicros) {
        OperatorState now = state;
        check(now, query, asking);
        Gathering gathering = new Gathering(query.size(), atMicros);
        List<FeatureQuery.ViewRead> reads = query.reads();
        List<List<StreamPartition>> partitions = new ArrayList<>(reads.size());
        long[][] next = new long[reads.size()][];
        for (int i = 0; i < next.length; i++) {
            FeatureQuery.ViewRead read = reads.get(i);
            ViewState view = now.views().get(read.view());
            gathering.read(view, read, asking);
            partitions.add(now.streamOf(read.view()).partitions());
            next[i] = view.next().clone();
        }
        return gathering.vector(partitions, next);
    }

    private static void check(OperatorState now, FeatureQuery query, Row asking) {
        boolean current = query.definitions() == now.definitions()
                || query.definitions().version().equals(now.definitions().version());
        if (!current) {
            throw FeatureProblem.stale("The query was compiled for other feature definitions than those in force.");
        }
        if (!query.asking().equals(asking.schema())) {
            throw FeatureProblem.stale(
                    "The query asks from rows of " + query.asking() + ", not of " + asking.schema() + ".");
        }
    }

    /** See {@link FeatureStore#applied}. */
    public Offsets applied() {
        return locked(() -> {
            SortedMap<StreamPartition, Long> least = new TreeMap<>();
            state.streams().values().forEach(stream -> addLeast(stream, least));
            least.values().removeIf(offset -> offset == 0);
            return new Offsets(least);
        });
    }

    private static void addLeast(StreamState stream, SortedMap<StreamPartition, Long> least) {
        for (ViewState view : stream.views()) {
            for (int i = 0; i < stream.partitions().size(); i++) {
                least.merge(stream.partitions().get(i), view.next()[i], Math::min);
            }
        }
    }

    /** See {@link FeatureStore#features}. */
    public List<FeatureInfo> features() {
        return locked(() -> {
            OperatorState now = state;
            return now.definitions().features().stream()
                    .map(feature -> info(feature, now.views().get(feature.view())))
                    .toList();
        });
    }

    private static FeatureInfo info(FeatureDefinitions.Feature feature, ViewState view) {
        FeatureView defined = view.plan().view();
        String description = feature.aggregate().description() + " in the last " + Windows.label(feature.window())
                + (defined.entity().isEmpty() ? "" : " per " + String.join(", ", defined.entity()));
        return new FeatureInfo(
                feature.name(),
                defined.name(),
                defined.stream(),
                defined.entity(),
                feature.aggregate(),
                feature.window(),
                description,
                view.newestMicros(),
                view.table().size());
    }

    /** See {@link FeatureStore#show}. */
    public @Nullable EntityState show(String view, List<Object> key, long atMicros) {
        return locked(() -> {
            OperatorState now = state;
            ViewState found = now.find(view);
            if (found == null) {
                throw FeatureProblem.unknown(
                        view,
                        now.views().stream().map(v -> v.plan().view().name()).toList());
            }
            Object[] parts = key.toArray();
            EntityPanes entity = found.table().find(EntityTable.hash(parts), parts);
            return entity == null ? null : shown(found, entity, now.definitions(), atMicros);
        });
    }

    private static EntityState shown(
            ViewState view, EntityPanes entity, FeatureDefinitions definitions, long atMicros) {
        FeatureView defined = view.plan().view();
        Map<String, Double> values = new LinkedHashMap<>();
        for (String name : defined.featureNames()) {
            FeatureDefinitions.Feature feature = definitions.feature(name);
            long panes = Windows.panes(feature.window());
            Evaluation evaluation = Evaluation.of(feature.aggregate(), view.plan(), panes);
            Gathering one = new Gathering(1, atMicros);
            one.read(
                    view,
                    entity,
                    List.of(new FeatureQuery.WindowRead(panes, List.of(new FeatureQuery.Output(0, evaluation)))));
            values.put(name, one.value(0));
        }
        return new EntityState(
                defined.name(),
                List.of(entity.key()),
                entity.newestMicros(),
                entity.minutes().size(),
                values);
    }

    /** Writes what has changed since the last call (of an operator that {@link OperatorSettings#isStored is stored}); if the sink fails, it counts as changed still. Readers go on meanwhile. */
    public void drain(StateSink sink) {
        writing.lock();
        try {
            List<Draining> drained = new ArrayList<>();
            try {
                for (ViewState view : state.views()) {
                    Draining draining = new Draining(view);
                    drained.add(draining);
                    draining.writeTo(sink);
                }
                sink.commit();
                drained.forEach(Draining::done);
            } catch (RuntimeException failed) {
                drained.forEach(Draining::undo);
                throw failed;
            }
        } finally {
            writing.unlock();
        }
    }

    private <T extends @Nullable Object> T locked(Supplier<T> reading) {
        writing.lock();
        try {
            return reading.get();
        } finally {
            writing.unlock();
        }
    }
}
