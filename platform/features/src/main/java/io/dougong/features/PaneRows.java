package io.dougong.features;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The non-empty panes of one entity at one level, sorted by pane number, in one array of cells. */
final class PaneRows {

    private static final int FEW_ROWS = 2;
    private static final int NEAR_ROWS = 4;

    private final CellLayout layout;
    private final int sketchesPerRow;
    private long[] cells;
    private @Nullable Sketch[] sketches;
    private int first;
    private int size;

    PaneRows(CellLayout layout, int sketchesPerRow) {
        this.layout = layout;
        this.sketchesPerRow = sketchesPerRow;
        this.cells = new long[FEW_ROWS * layout.width()];
        this.sketches = new @Nullable Sketch[FEW_ROWS * sketchesPerRow];
    }

    int size() {
        return size;
    }

    long pane(int row) {
        return cells[(first + row) * layout.width() + CellLayout.PANE];
    }

    long cell(int row, int place) {
        return cells[(first + row) * layout.width() + place];
    }

    @Nullable
    Sketch sketch(int row, int which) {
        return sketches[(first + row) * sketchesPerRow + which];
    }

    /** The first row whose pane is not before the given one; {@link #size()} if there is none. */
    int from(long pane) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (pane(middle) < pane) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Merges what one event, or other panes, brought into the pane, which is added if need be. */
    void merge(long pane, long[] row, int at, @Nullable Sketch[] brought, int broughtAt) {
        int place = rowOf(pane);
        layout.merge(cells, (first + place) * layout.width(), row, at);
        int slot = (first + place) * sketchesPerRow;
        for (int i = 0; i < sketchesPerRow; i++) {
            Sketch more = brought[broughtAt + i];
            if (more != null) {
                sketchAt(slot + i).merge(more);
            }
        }
    }

    /** Merges all rows of the other level into this one, whose panes are {@code 2^shift} times as long. */
    void mergeAll(PaneRows other, int shift) {
        for (int row = 0; row < other.size; row++) {
            int at = other.first + row;
            merge(other.pane(row) >> shift, other.cells, at * layout.width(), other.sketches, at * sketchesPerRow);
        }
    }

    /** Adds one value's hash to a sketch of the pane, which must be there. */
    void addHash(long pane, int which, long hash) {
        int place = rowOf(pane);
        sketchAt((first + place) * sketchesPerRow + which).add(hash);
    }

    private Sketch sketchAt(int slot) {
        Sketch sketch = sketches[slot];
        if (sketch == null) {
            sketch = new Sketch();
            sketches[slot] = sketch;
        }
        return sketch;
    }

    /** The row of the pane, added if need be; most events belong to one of the last panes. */
    private int rowOf(long pane) {
        int row = size;
        while (row > 0 && pane(row - 1) >= pane) {
            if (row < size - NEAR_ROWS) {
                row = from(pane);
                break;
            }
            row--;
        }
        if (row == size || pane(row) != pane) {
            insert(row, pane);
        }
        return row;
    }

    private void insert(int row, long pane) {
        int width = layout.width();
        if ((first + size + 1) * width > cells.length) {
            makeRoom();
        }
        int at = first + row;
        int moved = size - row;
        System.arraycopy(cells, at * width, cells, (at + 1) * width, moved * width);
        System.arraycopy(sketches, at * sketchesPerRow, sketches, (at + 1) * sketchesPerRow, moved * sketchesPerRow);
        Arrays.fill(sketches, at * sketchesPerRow, (at + 1) * sketchesPerRow, null);
        layout.clear(cells, at * width);
        cells[at * width + CellLayout.PANE] = pane;
        size++;
    }

    /** Moves the rows to the front, of a larger array if less than a quarter of this one would be free. */
    private void makeRoom() {
        int width = layout.width();
        int capacity = cells.length / width;
        int wanted = size + 1 > capacity - capacity / 4 ? capacity + Math.max(2, capacity / 2) : capacity;
        long[] movedCells = new long[wanted * width];
        @Nullable Sketch[] movedSketches = new @Nullable Sketch[wanted * sketchesPerRow];
        System.arraycopy(cells, first * width, movedCells, 0, size * width);
        System.arraycopy(sketches, first * sketchesPerRow, movedSketches, 0, size * sketchesPerRow);
        cells = movedCells;
        sketches = movedSketches;
        first = 0;
    }

    void dropBefore(long pane) {
        int dropped = from(pane);
        if (dropped > 0) {
            Arrays.fill(sketches, first * sketchesPerRow, (first + dropped) * sketchesPerRow, null);
            first += dropped;
            size -= dropped;
        }
    }

    /** Merges the rows of panes {@code from} to {@code to}, both included, into the accumulator. */
    void collect(long from, long to, Accumulated into) {
        int width = layout.width();
        long[] scanned = cells;
        int count = size;
        for (int row = from(from); row < count && pane(row) <= to; row++) {
            layout.merge(into.cells(), 0, scanned, (first + row) * width);
            for (int i = 0; i < sketchesPerRow; i++) {
                into.addSketch(i, sketch(row, i));
            }
        }
    }
}
