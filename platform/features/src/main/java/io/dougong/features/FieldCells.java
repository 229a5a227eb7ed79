package io.dougong.features;

import io.dougong.kernel.Field;

/** Which cells of a view's row one field of an event fills; -1 for cells the view does not have. */
final class FieldCells {

    private final String field;
    private final int present;
    private final int newestPresent;
    private final int trueCount;
    private final int sum;
    private final int squares;
    private final int largest;
    private final int smallest;
    private final int last;
    private final int sketch;

    FieldCells(Field field, CellLayout layout, int sketch) {
        this.field = field.name();
        this.present = layout.place(new Column(Column.Kind.PRESENT, this.field));
        this.newestPresent = layout.place(new Column(Column.Kind.NEWEST_PRESENT, this.field));
        this.trueCount = layout.place(new Column(Column.Kind.TRUE, this.field));
        this.sum = layout.place(new Column(Column.Kind.SUM, this.field));
        this.squares = layout.place(new Column(Column.Kind.SQUARES, this.field));
        this.largest = layout.place(new Column(Column.Kind.LARGEST, this.field));
        this.smallest = layout.place(new Column(Column.Kind.SMALLEST, this.field));
        this.last = layout.place(new Column(Column.Kind.LAST, this.field));
        this.sketch = sketch;
    }

    String field() {
        return field;
    }

    /** Which sketch the field's values go to, or -1. */
    int sketch() {
        return sketch;
    }

    /** Fills the row of a pane with one event, whose field is not missing. */
    void fill(long[] row, long timeMicros, long fixed, long ordered) {
        set(row, present, 1);
        set(row, newestPresent, timeMicros);
        set(row, trueCount, fixed);
        set(row, largest, ordered);
        set(row, smallest, ordered);
        if (sum >= 0) {
            row[sum] = fixed;
            row[sum + 1] = fixed >> 63;
        }
        if (squares >= 0) {
            row[squares] = fixed * fixed;
            row[squares + 1] = Math.multiplyHigh(fixed, fixed);
        }
        if (last >= 0) {
            row[last] = timeMicros;
            row[last + 1] = ordered;
        }
    }

    private static void set(long[] row, int place, long value) {
        if (place >= 0) {
            row[place] = value;
        }
    }
}
