package io.dougong.lake;

import java.util.List;

/**
 * Which columns of a foreign file to read, and in which order its rows come.
 *
 * @param columns empty for all
 * @param sortedBy ascending, nulls last, ties by the remaining columns; empty for the file's own order
 * @param maxRows stop after so many
 */
public record ImportOrder(List<String> columns, List<String> sortedBy, long maxRows) {

    public static final ImportOrder ALL = new ImportOrder(List.of(), List.of(), Long.MAX_VALUE);

    public ImportOrder {
        columns = List.copyOf(columns);
        sortedBy = List.copyOf(sortedBy);
    }

    public static ImportOrder sortedBy(String... columns) {
        return new ImportOrder(List.of(), List.of(columns), Long.MAX_VALUE);
    }
}
