package io.dougong.features;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Where the columns of a view lie in a row of 64-bit cells: place 0 is the pane's number, then all columns that merge alike stand
 * together. An event is a row too, that of a pane with one event in it; so events, panes, blocks of panes and windows all come
 * about by {@link #merge}, which is commutative and associative to the bit (integer sums modulo 2^64, 2^128 and 2^192, maxima,
 * minima).
 */
final class CellLayout {

    static final int PANE = 0;

    private final Map<Column, Integer> places = new HashMap<>();
    private final int add1End;
    private final int add2End;
    private final int add3End;
    private final int maxEnd;
    private final int minEnd;
    private final int width;
    private final long[] empty;

    CellLayout(Collection<Column> columns) {
        Map<Column.Merge, Set<Column>> alike = new EnumMap<>(Column.Merge.class);
        for (Column column : columns) {
            alike.computeIfAbsent(column.kind().merge, _ -> new LinkedHashSet<>())
                    .add(column);
        }
        this.add1End = assign(alike, Column.Merge.ADD1, PANE + 1);
        this.add2End = assign(alike, Column.Merge.ADD2, add1End);
        this.add3End = assign(alike, Column.Merge.ADD3, add2End);
        this.maxEnd = assign(alike, Column.Merge.MAX, add3End);
        this.minEnd = assign(alike, Column.Merge.MIN, maxEnd);
        this.width = assign(alike, Column.Merge.LATEST, minEnd);
        this.empty = emptyRow();
    }

    /** Gives the columns places from the first on; returns the place after the last. */
    private int assign(Map<Column.Merge, Set<Column>> alike, Column.Merge merge, int first) {
        int place = first;
        for (Column column : alike.getOrDefault(merge, Set.of())) {
            places.put(column, place);
            place += merge.words;
        }
        return place;
    }

    private long[] emptyRow() {
        long[] row = new long[width];
        Arrays.fill(row, add3End, maxEnd, Long.MIN_VALUE);
        Arrays.fill(row, maxEnd, minEnd, Long.MAX_VALUE);
        Arrays.fill(row, minEnd, width, Long.MIN_VALUE);
        return row;
    }

    int width() {
        return width;
    }

    /** The first cell of the column, or -1 if the view has no such column. */
    int place(Column column) {
        return places.getOrDefault(column, -1);
    }

    /** Makes the row at the offset that of a pane without events. */
    void clear(long[] cells, int at) {
        System.arraycopy(empty, 0, cells, at, width);
    }

    /** Merges the row at {@code from[source]} into the one at {@code into[target]}. */
    void merge(long[] into, int target, long[] from, int source) {
        int place = PANE + 1;
        for (; place < add1End; place++) {
            into[target + place] += from[source + place];
        }
        for (; place < add2End; place += 2) {
            add2(into, target + place, from[source + place], from[source + place + 1]);
        }
        for (; place < add3End; place += 3) {
            add3(into, target + place, from, source + place);
        }
        for (; place < maxEnd; place++) {
            into[target + place] = Math.max(into[target + place], from[source + place]);
        }
        for (; place < minEnd; place++) {
            into[target + place] = Math.min(into[target + place], from[source + place]);
        }
        for (; place < width; place += 2) {
            later(into, target + place, from[source + place], from[source + place + 1]);
        }
    }

    private static void add2(long[] into, int at, long low, long high) {
        long sum = into[at] + low;
        into[at] = sum;
        into[at + 1] += high + carry(sum, low);
    }

    private static void add3(long[] into, int at, long[] from, int source) {
        add3(into, at, from[source], from[source + 1], from[source + 2]);
    }

    /** Adds a 192-bit number, lowest word first. */
    static void add3(long[] into, int at, long low, long middle, long high) {
        long sum = into[at] + low;
        into[at] = sum;
        long carried = carry(sum, low);
        long next = into[at + 1] + middle;
        long carriedNext = carry(next, middle);
        into[at + 1] = next + carried;
        into[at + 2] += high + carriedNext + (next + carried == 0 ? carried : 0);
    }

    /** What adding the summand carried over, 0 or 1. */
    private static long carry(long sum, long summand) {
        return Long.compareUnsigned(sum, summand) < 0 ? 1 : 0;
    }

    private static void later(long[] into, int at, long time, long value) {
        boolean later = time > into[at] || (time == into[at] && value > into[at + 1]);
        if (later) {
            into[at] = time;
            into[at + 1] = value;
        }
    }
}
