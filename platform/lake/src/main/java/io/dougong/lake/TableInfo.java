package io.dougong.lake;

import io.dougong.kernel.Schema;
import java.util.Optional;

/**
 * What a table is and holds.
 *
 * @param bytes size of its current data files
 */
public record TableInfo(
        String name, Schema schema, Partitioning partitioning, Optional<Snapshot> current, int snapshots, long bytes) {}
