package io.dougong.apps.tabular;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table that can be read again and again, one row at a time. */
interface Table {

    /** Column names, each once. */
    List<String> header();

    /** What was found out about the file, in words. */
    String described();

    /**
     * Reads all rows, in the order of the file.
     *
     * @throws TableProblem with line and column
     */
    void read(Sink sink);

    /** Takes rows. */
    @FunctionalInterface
    interface Sink {

        /**
         * @param line of the file, counted from 1
         * @param values one per column, null where missing; not kept by the table
         */
        void row(long line, @Nullable String[] values);
    }
}
