package io.dougong.lake.iceberg;

import io.dougong.kernel.DurableFiles;
import io.dougong.kernel.Schema;
import io.dougong.kernel.StorageProblem;
import io.dougong.lake.DiskThreads;
import io.dougong.lake.Lake;
import io.dougong.lake.LakeProblem;
import io.dougong.lake.LakeTable;
import io.dougong.lake.Partitioning;
import io.dougong.lake.SqlEngine;
import io.dougong.lake.SqlLimits;
import io.dougong.lake.SqlResult;
import io.dougong.lake.TableInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.jdbc.JdbcCatalog;

/** The lake in one folder: a SQLite catalog, and a folder of Parquet and metadata files for each table. */
public final class IcebergLake implements Lake {

    private static final String CATALOG_FILE = "catalog.sqlite";
    private static final Namespace NAMESPACE = Namespace.of("dougong");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");
    private static final long TARGET_FILE_BYTES = 128L << 20;
    private static final int MAX_CURSORS = 64;

    private static final Map<String, String> TABLE_PROPERTIES = Map.of(
            "format-version", "2",
            "write.parquet.compression-codec", "zstd",
            "write.parquet.row-group-size-bytes", Integer.toString(16 << 20),
            "write.metadata.delete-after-commit.enabled", "true",
            "write.metadata.previous-versions-max", "20",
            "commit.retry.min-wait-ms", "10",
            "history.expire.max-snapshot-age-ms", Long.toString(Long.MAX_VALUE / 2));

    private final JdbcCatalog catalog;
    private final Path folder;
    private final Supplier<String> ids;
    private final SqlEngine engine;
    private final DiskThreads disk = new DiskThreads(MAX_CURSORS);
    private final Map<String, IcebergTable> tables = new ConcurrentHashMap<>();

    /**
     * @param folder the lake's own folder
     * @param ids gives every commit a name of its own
     * @param engine answers SQL; closed with the lake
     */
    public IcebergLake(Path folder, Supplier<String> ids, SqlEngine engine) {
        this.folder = folder.toAbsolutePath().normalize();
        this.ids = ids;
        this.engine = engine;
        this.catalog = disk.call(() -> open(this.folder));
    }

    private static JdbcCatalog open(Path folder) {
        try {
            DurableFiles.createFolders(folder);
        } catch (IOException failed) {
            throw StorageProblem.unreadable(folder.toString(), failed);
        }
        JdbcCatalog catalog = new JdbcCatalog(_ -> new LocalFiles(), null, true);
        catalog.initialize(
                "dougong",
                Map.of(
                        "uri", "jdbc:sqlite:" + folder.resolve(CATALOG_FILE),
                        "warehouse", LocalFiles.location(folder),
                        "clients", "1",
                        "jdbc.schema-version", "V1",
                        "jdbc.journal_mode", "WAL",
                        "jdbc.synchronous", "FULL",
                        "jdbc.busy_timeout", "10000"));
        if (!catalog.namespaceExists(NAMESPACE)) {
            catalog.createNamespace(NAMESPACE, Map.of());
        }
        return catalog;
    }

    @Override
    public LakeTable create(String name, Schema schema, Partitioning partitioning) {
        if (!NAME.matcher(name).matches()) {
            throw LakeProblem.badName(name);
        }
        Evolution.refuseSecrets(name, schema);
        boolean created = disk.call(() -> createIfMissing(name, schema, partitioning));
        IcebergTable table = handle(name);
        if (!created) {
            if (!table.partitioning().equals(partitioning)) {
                throw LakeProblem.incompatible(name, "it is partitioned by " + table.partitioning());
            }
            table.evolve(schema);
        }
        return table;
    }

    private boolean createIfMissing(String name, Schema schema, Partitioning partitioning) {
        TableIdentifier identifier = TableIdentifier.of(NAMESPACE, name);
        if (catalog.tableExists(identifier)) {
            return false;
        }
        org.apache.iceberg.Schema columns = TableSchemas.iceberg(schema);
        try {
            catalog.buildTable(identifier, columns)
                    .withPartitionSpec(TableSchemas.spec(columns, checked(name, schema, partitioning)))
                    .withLocation(LocalFiles.location(folder.resolve(name)))
                    .withProperties(TABLE_PROPERTIES)
                    .withProperty(TableSchemas.FIELDS_PROPERTY, TableSchemas.property(schema))
                    .create();
            return true;
        } catch (AlreadyExistsException _) {
            return false;
        }
    }

    private static Partitioning checked(String name, Schema schema, Partitioning partitioning) {
        boolean byTime =
                partitioning.unit() != Partitioning.Unit.NONE && partitioning.unit() != Partitioning.Unit.VALUE;
        if (byTime && schema.field(partitioning.field()).type() != io.dougong.kernel.FieldType.TIMESTAMP) {
            throw LakeProblem.incompatible(
                    name, "it is to be partitioned by time, and '" + partitioning.field() + "' is no timestamp");
        }
        if (partitioning.unit() == Partitioning.Unit.VALUE) {
            schema.place(partitioning.field());
        }
        return partitioning;
    }

    @Override
    public LakeTable table(String name) {
        return known(name);
    }

    private IcebergTable known(String name) {
        List<String> names = names();
        if (!names.contains(name)) {
            throw LakeProblem.unknownTable(name, names);
        }
        return handle(name);
    }

    private IcebergTable handle(String name) {
        return tables.computeIfAbsent(
                name, known -> new IcebergTable(known, () -> load(known), ids, engine, disk, TARGET_FILE_BYTES));
    }

    private Table load(String name) {
        try {
            return catalog.loadTable(TableIdentifier.of(NAMESPACE, name));
        } catch (NoSuchTableException _) {
            throw LakeProblem.unknownTable(name, names());
        }
    }

    private List<String> names() {
        return disk.call(() -> catalog.listTables(NAMESPACE).stream()
                .map(TableIdentifier::name)
                .sorted()
                .toList());
    }

    @Override
    public List<TableInfo> tables() {
        return names().stream().map(name -> handle(name).info()).toList();
    }

    @Override
    public SqlResult sql(String query, SqlLimits limits) {
        return engine.query(query, new TableCatalog(), limits);
    }

    @Override
    public void close() {
        engine.close();
        catalog.close();
    }

    private final class TableCatalog implements SqlEngine.Catalog {

        @Override
        public List<String> names() {
            return IcebergLake.this.names();
        }

        @Override
        public SqlEngine.Files resolve(String table, SqlEngine.When when) {
            return known(table).files(when);
        }
    }
}
