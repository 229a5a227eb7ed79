package io.dougong.features;

import org.jspecify.annotations.Nullable;

/** What the panes of a window add up to. */
final class Accumulated {

    private final long[] cells;
    private final @Nullable Sketch[] sketches;

    Accumulated(CellLayout layout, int sketchCount) {
        this.cells = new long[layout.width()];
        layout.clear(cells, 0);
        this.sketches = new @Nullable Sketch[sketchCount];
    }

    long[] cells() {
        return cells;
    }

    long cell(int place) {
        return cells[place];
    }

    void addSketch(int which, @Nullable Sketch more) {
        if (more == null) {
            return;
        }
        Sketch mine = sketches[which];
        if (mine == null) {
            mine = new Sketch();
            sketches[which] = mine;
        }
        mine.merge(more);
    }

    @Nullable
    Sketch sketch(int which) {
        return sketches[which];
    }
}
