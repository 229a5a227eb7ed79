package io.dougong.lake;

import io.dougong.kernel.Schema;
import java.util.List;

/**
 * All tables of one node. Safe for use by many threads; disk and native calls are moved to platform threads when the caller
 * is a virtual one.
 */
public interface Lake extends AutoCloseable {

    /**
     * The table of this name, made if it is missing and evolved as {@link LakeTable#evolve} does if the schema has grown.
     *
     * @param name lower-case letters, digits and underscores, starting with a letter
     * @throws LakeProblem.Refused if the name is not allowed, a field is SECRET, the schema cannot be evolved to, or the
     *     table exists with another partitioning
     */
    LakeTable create(String name, Schema schema, Partitioning partitioning);

    /** @throws LakeProblem.Missing if there is no such table, with the nearest name */
    LakeTable table(String name);

    /** Every table, by name. */
    List<TableInfo> tables();

    /**
     * Answers one read-only SELECT (DuckDB's dialect) over the tables as they are now, or, as {@code t AT (VERSION => id)} or
     * {@code t AT (TIMESTAMP => '2001-01-01T00:00:00Z')}, as they were (an alias stands before AT). Sees nothing but the lake.
     *
     * @throws LakeProblem.BadQuery for anything but one SELECT over known tables, with line and column
     * @throws LakeProblem.Exhausted if the query takes more time, memory or disk than it may
     */
    SqlResult sql(String query, SqlLimits limits);

    @Override
    void close();
}
