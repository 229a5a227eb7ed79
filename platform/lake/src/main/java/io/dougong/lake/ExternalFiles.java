package io.dougong.lake;

import java.nio.file.Path;

/** Reads files that an operator names: Parquet and CSV (with a header), told apart by their ending. */
public interface ExternalFiles {

    /**
     * Streams the file's rows. Whole numbers become INTEGER, other numbers NUMBER, dates and timestamps TIMESTAMP (without a
     * zone they are taken as UTC), everything else STRING; every field is optional.
     *
     * @throws LakeProblem.Unreadable if it is no such file
     */
    RowCursor read(Path file, ImportOrder order);
}
