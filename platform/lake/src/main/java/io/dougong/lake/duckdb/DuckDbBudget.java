package io.dougong.lake.duckdb;

import java.nio.file.Path;

/**
 * What DuckDB may use.
 *
 * @param spillFolder where sorts and joins that do not fit into memory go
 * @param memoryMegabytes per query
 * @param spillMegabytes per query
 * @param threads per query
 * @param maxQueries at the same time
 */
public record DuckDbBudget(Path spillFolder, int memoryMegabytes, int spillMegabytes, int threads, int maxQueries) {

    public static DuckDbBudget of(Path spillFolder) {
        return new DuckDbBudget(spillFolder, 512, 8192, 2, 4);
    }
}
