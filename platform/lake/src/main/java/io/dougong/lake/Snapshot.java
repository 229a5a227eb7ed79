package io.dougong.lake;

import io.dougong.kernel.Offsets;

/**
 * One committed version of a table.
 *
 * @param id names it, as in {@code AT (VERSION => id)}
 * @param sequence counts the table's commits from 1
 * @param operation {@code append} or {@code replace} (compaction)
 * @param offsets how far the table had taken in its streams
 * @param records rows in the table
 * @param files data files in the table
 */
public record Snapshot(
        long id, long sequence, long committedMicros, String operation, Offsets offsets, long records, long files) {}
