/** SQL and foreign files through DuckDB, in a sandbox that sees exactly the files it was given. */
@NullMarked
package io.dougong.lake.duckdb;

import org.jspecify.annotations.NullMarked;
