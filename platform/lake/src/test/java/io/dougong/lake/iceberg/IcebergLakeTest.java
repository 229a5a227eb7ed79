package io.dougong.lake.iceberg;

import io.dougong.lake.Lake;
import io.dougong.lake.LakeContract;
import io.dougong.lake.duckdb.DuckDbBudget;
import io.dougong.lake.duckdb.DuckDbEngine;
import java.nio.file.Path;
import java.util.UUID;

class IcebergLakeTest extends LakeContract {

    @Override
    protected Lake open(Path at) {
        return new IcebergLake(
                at.resolve("lake"),
                () -> UUID.randomUUID().toString(),
                new DuckDbEngine(DuckDbBudget.of(at.resolve("spill"))));
    }
}
