/** The lake as Apache Iceberg tables: local Parquet files, a catalog in SQLite. */
@NullMarked
package io.dougong.lake.iceberg;

import org.jspecify.annotations.NullMarked;
