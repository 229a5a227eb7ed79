package io.dougong.events.embedded;

import io.dougong.events.EventProblem;
import io.dougong.kernel.DurableFiles;
import io.dougong.kernel.StorageProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.RocksObject;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** One opened RocksDB with the log's column families; owns every native object of it. */
final class Store implements AutoCloseable {

    /** The layout of keys and column families this release writes. */
    static final int FORMAT = 1;

    private static final long WAL_BYTES = 256L << 20;
    private static final int INFO_LOGS_KEPT = 2;
    private static final int BLOOM_BITS = 10;
    private static final int TABLE_FORMAT = 5;
    private static final double MEMTABLE_BLOOM = 0.02;
    private static final int BACKGROUND_JOBS = 2;

    private final List<RocksObject> owned = new ArrayList<>();
    private final List<ColumnFamilyHandle> families = new ArrayList<>();
    private final WriteOptions synced = new WriteOptions().setSync(true);
    private final RocksDB database;
    private final OpenReport report;

    private Store(Path folder, EmbeddedSettings settings, OpenReport report) throws RocksDBException {
        this.report = report;
        owned(synced);
        DBOptions options = owned(databaseOptions());
        BlockBasedTableConfig table = new BlockBasedTableConfig()
                .setBlockCache(owned(new LRUCache(settings.blockCacheBytes())))
                .setFilterPolicy(owned(new BloomFilter(BLOOM_BITS)))
                .setFormatVersion(TABLE_FORMAT);
        List<ColumnFamilyDescriptor> descriptors = List.of(
                family("default", options(table, settings)),
                family("records", options(table, settings).setCompressionType(CompressionType.LZ4_COMPRESSION)),
                family(
                        "ids",
                        options(table, settings)
                                .setMemtablePrefixBloomSizeRatio(MEMTABLE_BLOOM)
                                .setMemtableWholeKeyFiltering(true)),
                family("groups", options(table, settings)));
        try {
            this.database = RocksDB.open(options, folder.toString(), descriptors, families);
        } catch (RocksDBException refused) {
            release();
            throw refused;
        }
    }

    /** Opens the folder after looking through its write-ahead logs; refuses damage that a crash cannot have caused. */
    static Store open(Path folder, EmbeddedSettings settings) {
        RocksDB.loadLibrary();
        try {
            DurableFiles.createFolders(folder);
            Store store = new Store(folder, settings, WalCheck.inspect(folder));
            return store.checkFormat(folder);
        } catch (IOException unusable) {
            throw StorageProblem.unreadable(folder.toString(), unusable);
        } catch (RocksDBException refused) {
            throw Trouble.atOpen(folder, refused);
        }
    }

    private static Path parent(Path folder) {
        Path parent = folder.toAbsolutePath().getParent();
        return parent == null ? folder : parent;
    }

    /** Point-in-time recovery stops at a torn last write; {@link WalCheck} has made sure that nothing follows it. */
    private static DBOptions databaseOptions() {
        return new DBOptions()
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setParanoidChecks(true)
                .setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery)
                .setMaxTotalWalSize(WAL_BYTES)
                .setMaxBackgroundJobs(BACKGROUND_JOBS)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setKeepLogFileNum(INFO_LOGS_KEPT);
    }

    private ColumnFamilyOptions options(BlockBasedTableConfig table, EmbeddedSettings settings) {
        return owned(new ColumnFamilyOptions())
                .setWriteBufferSize(settings.writeBufferBytes())
                .setCompressionType(CompressionType.NO_COMPRESSION)
                .setTableFormatConfig(table);
    }

    private static ColumnFamilyDescriptor family(String name, ColumnFamilyOptions options) {
        return new ColumnFamilyDescriptor(Keys.utf8(name), options);
    }

    private <T extends RocksObject> T owned(T object) {
        owned.add(object);
        return object;
    }

    private Store checkFormat(Path folder) throws RocksDBException {
        try {
            byte[] found = database.get(meta(), Keys.FORMAT);
            if (found == null) {
                database.put(meta(), synced, Keys.FORMAT, Keys.utf8(Integer.toString(FORMAT)));
            } else if (Integer.parseInt(Keys.text(found, 0)) > FORMAT) {
                throw StorageProblem.newerFormat(folder.toString(), Integer.parseInt(Keys.text(found, 0)), FORMAT);
            }
            return this;
        } catch (RocksDBException | RuntimeException unusable) {
            close();
            throw unusable;
        }
    }

    OpenReport report() {
        return report;
    }

    ColumnFamilyHandle meta() {
        return families.get(0);
    }

    ColumnFamilyHandle records() {
        return families.get(1);
    }

    ColumnFamilyHandle ids() {
        return families.get(2);
    }

    ColumnFamilyHandle groups() {
        return families.get(3);
    }

    byte @Nullable [] get(ColumnFamilyHandle family, byte[] key) throws RocksDBException {
        return database.get(family, key);
    }

    /** Reads into the buffer; returns whether the key is there. */
    boolean get(ColumnFamilyHandle family, byte[] key, byte[] value) throws RocksDBException {
        return database.get(family, key, value) != RocksDB.NOT_FOUND;
    }

    RocksIterator iterate(ColumnFamilyHandle family) {
        return database.newIterator(family);
    }

    void write(SyncedWriter writer, WriteBatch batch) throws RocksDBException {
        writer.write(database, synced, batch);
    }

    void verifyBlocks() throws RocksDBException {
        database.verifyChecksum();
    }

    void checkpoint(Path folder) throws RocksDBException {
        if (Files.exists(folder)) {
            throw EventProblem.badStream(
                    "the folder " + folder + " exists already", "A checkpoint is written into a new folder.");
        }
        try (Checkpoint checkpoint = Checkpoint.create(database)) {
            checkpoint.createCheckpoint(folder.toString());
            DurableFiles.syncFolder(parent(folder));
        } catch (IOException unwritable) {
            throw StorageProblem.unreadable(folder.toString(), unwritable);
        }
    }

    @Override
    public void close() {
        families.forEach(ColumnFamilyHandle::close);
        database.close();
        release();
    }

    private void release() {
        owned.reversed().forEach(RocksObject::close);
    }
}
