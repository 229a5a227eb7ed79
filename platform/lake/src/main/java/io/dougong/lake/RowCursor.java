package io.dougong.lake;

import io.dougong.kernel.Row;
import io.dougong.kernel.Schema;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Rows that are read as they are asked for, in bounded memory. For one thread; to be closed, read to its end or not. */
public interface RowCursor extends Iterator<Row>, AutoCloseable {

    /** The schema of the rows. */
    Schema schema();

    @Override
    void close();

    /** Reads everything that is left, then closes: for few rows. */
    default List<Row> toList() {
        try (this) {
            List<Row> rows = new ArrayList<>();
            forEachRemaining(rows::add);
            return rows;
        }
    }
}
