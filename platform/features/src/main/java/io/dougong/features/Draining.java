package io.dougong.features;

import java.util.Arrays;
import java.util.List;

/** One view's change on its way to storage. */
final class Draining {

    private final ViewState view;
    private final List<EntityPanes> changed;
    private final List<EntityPanes> forgotten;

    Draining(ViewState view) {
        this.view = view;
        this.changed = view.drainChanged();
        this.forgotten = view.drainForgotten();
    }

    void writeTo(StateSink sink) {
        ViewPlan plan = view.plan();
        String name = plan.view().name();
        for (EntityPanes entity : forgotten) {
            sink.dropEntity(name, StateCodec.entity(entity.key()));
        }
        for (EntityPanes entity : changed) {
            if (isRemembered(entity)) {
                write(sink, name, plan, entity);
            }
        }
        List<Long> next = Arrays.stream(view.next()).boxed().toList();
        sink.mark(new ViewMark(name, plan.version(), view.newestMicros(), next));
    }

    private boolean isRemembered(EntityPanes entity) {
        return view.table().find(entity.hash(), entity.key()) == entity;
    }

    /** Chunks from the first changed pane on, and what has been dropped at the front. */
    private static void write(StateSink sink, String name, ViewPlan plan, EntityPanes entity) {
        byte[] key = StateCodec.entity(entity.key());
        PaneRows rows = entity.minutes();
        long firstKept = firstChunk(entity);
        if (entity.storedFrom() < firstKept) {
            sink.dropRows(name, key, entity.storedFrom(), firstKept);
        }
        long firstChanged = entity.changedFrom() >> EntityPanes.SHIFT;
        int row = rows.from(firstChanged << EntityPanes.SHIFT);
        while (row < rows.size()) {
            long chunk = rows.pane(row) >> EntityPanes.SHIFT;
            int end = rows.from((chunk + 1) << EntityPanes.SHIFT);
            sink.rows(name, key, chunk, StateCodec.rows(rows, row, end, plan));
            row = end;
        }
    }

    /** The chunk of the first pane kept; an entity always has one, as its newest pane is never dropped while it changes. */
    private static long firstChunk(EntityPanes entity) {
        PaneRows rows = entity.minutes();
        return rows.size() == 0 ? Long.MAX_VALUE : rows.pane(0) >> EntityPanes.SHIFT;
    }

    void done() {
        changed.forEach(entity -> entity.stored(firstChunk(entity)));
    }

    void undo() {
        view.undrain(changed, forgotten);
    }
}
