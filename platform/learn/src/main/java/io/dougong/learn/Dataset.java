package io.dougong.learn;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows of features as of the moment each was asked, with the label that became known later; oldest first. Values are floats:
 * numbers rounded to the nearest float, booleans 0 or 1, text the place of its value in {@link #categories}, missing NaN.
 * About {@code 4 × columns + 20} bytes a row; immutable. After the labelled rows may come rows that never got a label, if they were asked
 * for, and after the columns one that is no feature.
 */
public final class Dataset {

    /** What was read and what became of it. */
    public record Counts(
            long events, long asked, long labelled, long unlabelled, long labelsWithoutRow, long labelsAfterAsOf) {}

    /** Rows side by side; {@code values} is row-major. */
    record Chunk(float[] values, long[] asked, long[] known, float[] labels) {}

    private final List<Column> columns;
    private final List<List<String>> categories;
    private final List<Chunk> chunks;
    private final List<String> classes;
    private final List<String> keys;
    private final int shift;
    private final int rows;
    private final int unlabelled;
    private final int width;
    private final Counts counts;
    private final Map<String, Long> snapshots;

    Dataset(
            List<Column> columns,
            List<List<String>> categories,
            List<Chunk> chunks,
            List<String> classes,
            List<String> keys,
            int shift,
            int rows,
            int unlabelled,
            int width,
            Counts counts,
            Map<String, Long> snapshots) {
        this.columns = List.copyOf(columns);
        this.categories = categories.stream().map(List::copyOf).toList();
        this.chunks = List.copyOf(chunks);
        this.classes = List.copyOf(classes);
        this.keys = List.copyOf(keys);
        this.shift = shift;
        this.rows = rows;
        this.unlabelled = unlabelled;
        this.width = width;
        this.counts = counts;
        this.snapshots = Map.copyOf(snapshots);
    }

    public List<Column> columns() {
        return columns;
    }

    public int rows() {
        return rows;
    }

    public float value(int row, int column) {
        return chunk(row).values()[within(row) * width + column];
    }

    /** How many rows without a label follow the {@link #rows}. */
    int unlabelled() {
        return unlabelled;
    }

    /** The value that is no feature; only if there is one. */
    float aside(int row) {
        return chunk(row).values()[within(row) * width + width - 1];
    }

    /** Whether the row is of the positive class of two. */
    public boolean label(int row) {
        return target(row) == 1;
    }

    /** What the row turned out to be: 0 or 1, the place of its class in {@link #classes}, or a number rounded to the nearest float. */
    public float target(int row) {
        return chunk(row).labels()[within(row)];
    }

    /** The classes of a label that is text, in order of first appearance. */
    public List<String> classes() {
        return classes;
    }

    /** When the question was asked: the event time of the asking event. */
    public long askedMicros(int row) {
        return chunk(row).asked()[within(row)];
    }

    /** When the label became known: the event time of the event that brought it. */
    public long knownMicros(int row) {
        return chunk(row).known()[within(row)];
    }

    /** The asking event's key, or null if the data set was built without keys. */
    public @Nullable String key(int row) {
        return keys.isEmpty() ? null : keys.get(row);
    }

    /** The values of a text column in order of first appearance; empty for a number column. */
    public List<String> categories(int column) {
        return categories.get(column);
    }

    /** A text value, or null if missing. */
    public @Nullable String text(int row, int column) {
        float code = value(row, column);
        return Float.isNaN(code) ? null : categories.get(column).get((int) code);
    }

    public Counts counts() {
        return counts;
    }

    /** Stream to the snapshot of its lake table that was read. */
    public Map<String, Long> snapshots() {
        return snapshots;
    }

    private Chunk chunk(int row) {
        if (row >= rows + unlabelled) {
            throw new IndexOutOfBoundsException("row " + row + " of " + rows);
        }
        return chunks.get(row >>> shift);
    }

    private int within(int row) {
        return row & (1 << shift) - 1;
    }
}
