package io.dougong.features;

import io.dougong.kernel.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The entities of one view, and what the view has seen. Changed by one thread. */
final class ViewState {

    /** Entities are looked through for forgotten ones each time the newest event has moved on by this. */
    private static final long SWEEP_PANES = 6 * 60;

    private ViewPlan plan;
    private final OperatorSettings settings;
    private final EntityTable table = new EntityTable();
    private final long[] row;
    private final @Nullable Sketch[] noSketches;
    private List<EntityPanes> changed = new ArrayList<>();
    private List<EntityPanes> forgotten = new ArrayList<>();
    private long[] next = {};
    private long newestMicros = Long.MIN_VALUE;
    private long swept = Long.MIN_VALUE;

    ViewState(ViewPlan plan, OperatorSettings settings) {
        this.plan = plan;
        this.settings = settings;
        this.row = new long[plan.layout().width()];
        this.noSketches = new @Nullable Sketch[plan.sketchCount()];
    }

    ViewPlan plan() {
        return plan;
    }

    /** The same state under a plan of the same version: its fields may stand in other places of the stream's rows. */
    ViewState adopting(ViewPlan same) {
        this.plan = same;
        return this;
    }

    /** Fills this empty state from storage. */
    StateSource.Target loading() {
        return new StateSource.Target() {
            @Override
            public void rows(byte[] entity, byte[] rows) {
                Object[] key = StateCodec.key(entity, plan.entityPlaces().length);
                StateCodec.readRows(rows, plan, entityOf(key));
            }

            @Override
            public void mark(ViewMark mark) {
                next = mark.next().stream().mapToLong(Long::longValue).toArray();
                newestMicros = mark.newestMicros();
                table.forEach(entity -> entity.stored(entity.minutes().pane(0) >> EntityPanes.SHIFT));
            }
        };
    }

    private EntityPanes entityOf(Object[] key) {
        long hash = EntityTable.hash(key);
        EntityPanes entity = table.find(hash, key);
        if (entity == null) {
            entity = new EntityPanes(plan, key, (int) hash);
            table.add(entity);
        }
        return entity;
    }

    EntityTable table() {
        return table;
    }

    /** Per partition of the stream, the next offset not seen. */
    long[] next() {
        return next;
    }

    void growTo(int partitions) {
        if (next.length < partitions) {
            next = Arrays.copyOf(next, partitions);
        }
    }

    long newestMicros() {
        return newestMicros;
    }

    void sawTime(long micros) {
        newestMicros = Math.max(newestMicros, micros);
    }

    /** The first pane that is kept in full; windows that reach back further are missing, events before it too late. */
    long kept() {
        return newestMicros == Long.MIN_VALUE ? Long.MIN_VALUE : Windows.pane(newestMicros) - plan.keptPanes();
    }

    /** Counts an event whose offset is new; returns TAKEN, TOO_LATE or FULL. */
    Applied take(long timeMicros, Row event, EventFields fields, int[] fieldPlaces) {
        long pane = Windows.pane(timeMicros);
        if (pane < kept()) {
            return Applied.TOO_LATE;
        }
        sawTime(timeMicros);
        sweepIfDue();
        long hash = EntityTable.hash(event, plan.entityPlaces());
        if (hash < 0 || !plan.where().holds(event)) {
            return Applied.TAKEN;
        }
        EntityPanes entity = table.find(hash, event, plan.entityPlaces());
        if (entity == null) {
            if (table.size() >= settings.maxEntities()) {
                return Applied.FULL;
            }
            entity = new EntityPanes(plan, key(event), (int) hash);
            table.add(entity);
        }
        count(entity, pane, timeMicros, fields, fieldPlaces);
        return Applied.TAKEN;
    }

    private Object[] key(Row event) {
        int[] places = plan.entityPlaces();
        Object[] key = new Object[places.length];
        for (int i = 0; i < places.length; i++) {
            key[i] = Objects.requireNonNull(event.get(places[i]));
        }
        return key;
    }

    private void count(EntityPanes entity, long pane, long timeMicros, EventFields fields, int[] places) {
        plan.layout().clear(row, 0);
        row[plan.eventsPlace()] = 1;
        row[plan.newestPlace()] = timeMicros;
        FieldCells[] cells = plan.cells();
        for (int i = 0; i < places.length; i++) {
            if (fields.present(places[i])) {
                cells[i].fill(row, timeMicros, fields.fixed(places[i]), fields.ordered(places[i]));
            }
        }
        touch(entity);
        entity.merge(pane, row, noSketches);
        for (int i = 0; i < places.length && plan.sketchCount() > 0; i++) {
            int sketch = cells[i].sketch();
            if (sketch >= 0 && fields.present(places[i])) {
                entity.addHash(pane, sketch, fields.hash(places[i]));
            }
        }
        entity.dropBefore(kept());
    }

    private void touch(EntityPanes entity) {
        if (settings.isStored() && entity.changedFrom() == Long.MAX_VALUE) {
            changed.add(entity);
        }
    }

    private void sweepIfDue() {
        long pane = Windows.pane(newestMicros);
        if (swept == Long.MIN_VALUE) {
            swept = pane;
        } else if (pane - swept >= SWEEP_PANES) {
            swept = pane;
            sweep();
        }
    }

    /** Notes that the entity is gone; returns whether it is kept, that is, false. */
    private boolean forget(EntityPanes entity) {
        if (settings.isStored()) {
            forgotten.add(entity);
        }
        return false;
    }

    private void sweep() {
        long oldest = newestMicros - plan.forgottenMicros();
        if (table.any(entity -> entity.newestMicros() < oldest)) {
            table.retain(entity -> entity.newestMicros() >= oldest || forget(entity));
        }
    }

    /** Entities changed since the last call. */
    List<EntityPanes> drainChanged() {
        List<EntityPanes> drained = changed;
        changed = new ArrayList<>();
        return drained;
    }

    /** Entities forgotten since the last call. */
    List<EntityPanes> drainForgotten() {
        List<EntityPanes> drained = forgotten;
        forgotten = new ArrayList<>();
        return drained;
    }

    void undrain(List<EntityPanes> changedBefore, List<EntityPanes> forgottenBefore) {
        changed.addAll(changedBefore);
        forgotten.addAll(forgottenBefore);
    }
}
