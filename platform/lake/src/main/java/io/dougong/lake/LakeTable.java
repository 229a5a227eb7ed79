package io.dougong.lake;

import io.dougong.kernel.Offsets;
import io.dougong.kernel.Row;
import io.dougong.kernel.Schema;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * One versioned table. Every commit carries the offsets up to which the table has taken in its streams, so that rows and
 * offsets change together or not at all: that is what makes a sink exactly-once.
 */
public interface LakeTable {

    String name();

    Schema schema();

    Partitioning partitioning();

    /**
     * Adds the rows in one commit and moves the table's offsets, if they are still where the writer started from: a writer
     * that was declared dead and repeats an append is refused. Durable when this returns. The rows are read once, in order,
     * and never held in memory as a whole.
     *
     * @param rows of this table's schema, or of one with fewer fields
     * @param from the table's offsets when the writer began; {@link Offsets#NONE} for a new table
     * @param to the offsets with these rows taken in; further than {@code from} unless there are no rows
     * @throws LakeProblem.OffsetsMoved if the table has other offsets than {@code from}; nothing was added
     * @throws LakeProblem.Refused if a row does not fit the schema, or {@code to} is not further than {@code from}
     * @throws LakeProblem.CommitUnknown if the catalog failed while committing: compare {@link #offsets()} before repeating
     */
    Snapshot append(Iterator<Row> rows, Offsets from, Offsets to);

    default Snapshot append(List<Row> rows, Offsets from, Offsets to) {
        return append(rows.iterator(), from, to);
    }

    /** The offsets of the last commit. */
    Offsets offsets();

    /** The last commit, if there was one. */
    Optional<Snapshot> current();

    /** The snapshots that have not expired, oldest first. */
    List<Snapshot> snapshots();

    /**
     * Rows of one snapshot, in the order that {@link ScanRequest} describes. Close the cursor.
     *
     * @throws LakeProblem.Expired if the snapshot has expired
     */
    RowCursor scan(ScanRequest request);

    /**
     * The first snapshot that had taken in everything up to these offsets.
     *
     * @throws LakeProblem.Expired if it has expired
     * @throws LakeProblem.NotCovered if no snapshot has come that far
     */
    Snapshot firstCovering(Offsets offsets);

    /**
     * Adds the fields that are new, which must be optional, and lets required fields become optional. Other changes are
     * refused. Fields that are absent from the given schema stay. Old snapshots keep the schema they had.
     */
    void evolve(Schema schema);

    /** Merges small files, keeping rows and offsets. */
    Compaction compact();

    /**
     * Forgets snapshots that were committed before the given time, but never the last {@code keepLast}, and deletes files that
     * only they used.
     *
     * @return how many snapshots were forgotten
     */
    int expire(long olderThanMicros, int keepLast);

    /**
     * Deletes files that no snapshot uses, left behind by a crash, if they were last written before the given time. Files of
     * appends that run in this process are kept.
     *
     * @return how many files were deleted
     */
    int clean(long olderThanMicros);
}
