package io.dougong.features.embedded;

import io.dougong.features.FeatureProblem;
import io.dougong.features.StateSink;
import io.dougong.features.StateSource;
import io.dougong.features.ViewMark;
import io.dougong.kernel.Digest;
import io.dougong.kernel.DurableFiles;
import io.dougong.kernel.StorageProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.RocksObject;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** The stored state: one RocksDB; each checkpoint is one synced batch, so that rows and offsets always belong together. */
final class StateStore implements StateSource, AutoCloseable {

    /** The layout of keys and values this release writes. */
    static final int FORMAT = 1;

    private static final int INFO_LOGS_KEPT = 2;
    private static final long WAL_BYTES = 128L << 20;

    private final Path folder;
    private final List<RocksObject> owned = new ArrayList<>();
    private final List<ColumnFamilyHandle> families = new ArrayList<>();
    private final WriteOptions synced = owned(new WriteOptions().setSync(true));
    private final RocksDB database;

    private StateStore(Path folder) throws RocksDBException {
        this.folder = folder;
        DBOptions options = owned(new DBOptions()
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setParanoidChecks(true)
                .setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery)
                .setMaxTotalWalSize(WAL_BYTES)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setKeepLogFileNum(INFO_LOGS_KEPT));
        ColumnFamilyOptions plain = owned(new ColumnFamilyOptions());
        ColumnFamilyOptions packed =
                owned(new ColumnFamilyOptions().setCompressionType(CompressionType.LZ4_COMPRESSION));
        this.database = RocksDB.open(
                options,
                folder.toString(),
                List.of(
                        new ColumnFamilyDescriptor(StateKeys.utf8("default"), plain),
                        new ColumnFamilyDescriptor(StateKeys.utf8("panes"), packed)),
                families);
    }

    static StateStore open(Path folder) {
        RocksDB.loadLibrary();
        try {
            DurableFiles.createFolders(folder);
            StateStore store = new StateStore(folder);
            store.checkFormat();
            return store;
        } catch (IOException unusable) {
            throw StorageProblem.unreadable(folder.toString(), unusable);
        } catch (RocksDBException refused) {
            String why = String.valueOf(refused.getMessage());
            throw why.contains("LOCK") || why.contains("lock hold by")
                    ? StorageProblem.locked(folder.toString(), "")
                    : FeatureProblem.stateFailed(folder.toString(), refused);
        }
    }

    private <T extends RocksObject> T owned(T object) {
        owned.add(object);
        return object;
    }

    private void checkFormat() throws RocksDBException {
        byte[] found = database.get(marks(), StateKeys.FORMAT);
        if (found == null) {
            database.put(marks(), synced, StateKeys.FORMAT, StateKeys.utf8(Integer.toString(FORMAT)));
            return;
        }
        int format = Integer.parseInt(new String(found, StandardCharsets.UTF_8));
        if (format > FORMAT) {
            close();
            throw StorageProblem.newerFormat(folder.toString(), format, FORMAT);
        }
    }

    private ColumnFamilyHandle marks() {
        return families.get(0);
    }

    private ColumnFamilyHandle panes() {
        return families.get(1);
    }

    @Override
    public void load(String view, Digest version, Target target) {
        try {
            byte[] stored = database.get(marks(), StateKeys.mark(view));
            if (stored == null) {
                return;
            }
            ViewMark mark = MarkFormat.decode(view, stored);
            if (mark.version().equals(version)) {
                loadRows(view, target);
                target.mark(mark);
            } else {
                drop(view);
            }
        } catch (RocksDBException failed) {
            throw FeatureProblem.stateFailed(folder.toString(), failed);
        }
    }

    private void loadRows(String view, Target target) throws RocksDBException {
        byte[] prefix = StateKeys.view(view);
        try (ReadOptions once = new ReadOptions().setFillCache(false);
                RocksIterator rows = database.newIterator(panes(), once)) {
            for (rows.seek(prefix); rows.isValid() && StateKeys.startsWith(rows.key(), prefix); rows.next()) {
                target.rows(StateKeys.entity(rows.key(), prefix.length), rows.value());
            }
            rows.status();
        }
    }

    /** Removes the state of views that are not among these. */
    void retain(Set<String> views) {
        try (RocksIterator stored = database.newIterator(marks())) {
            for (stored.seek(StateKeys.FIRST_MARK);
                    stored.isValid() && StateKeys.startsWith(stored.key(), StateKeys.FIRST_MARK);
                    stored.next()) {
                String view = StateKeys.viewOfMark(stored.key());
                if (!views.contains(view)) {
                    drop(view);
                }
            }
            stored.status();
        } catch (RocksDBException failed) {
            throw FeatureProblem.stateFailed(folder.toString(), failed);
        }
    }

    private void drop(String view) throws RocksDBException {
        byte[] prefix = StateKeys.view(view);
        try (WriteBatch batch = new WriteBatch()) {
            batch.delete(marks(), StateKeys.mark(view));
            batch.deleteRange(panes(), prefix, StateKeys.after(prefix));
            database.write(synced, batch);
        }
    }

    /** A checkpoint in the making; close it whether it was committed or not. */
    Checkpoint checkpoint() {
        return new Checkpoint();
    }

    /** Collects one batch. */
    final class Checkpoint implements StateSink, AutoCloseable {

        private final WriteBatch batch = new WriteBatch();

        /** One change to the batch. */
        @FunctionalInterface
        private interface Change {
            void make() throws RocksDBException;
        }

        private void change(Change change) {
            try {
                change.make();
            } catch (RocksDBException failed) {
                throw FeatureProblem.stateFailed(folder.toString(), failed);
            }
        }

        @Override
        public void mark(ViewMark mark) {
            change(() -> batch.put(marks(), StateKeys.mark(mark.view()), MarkFormat.encode(mark)));
        }

        @Override
        public void rows(String view, byte[] entity, long chunk, byte[] rows) {
            change(() -> batch.put(panes(), StateKeys.chunk(view, entity, chunk), rows));
        }

        @Override
        public void dropRows(String view, byte[] entity, long fromChunk, long toChunk) {
            change(() -> batch.deleteRange(
                    panes(), StateKeys.chunk(view, entity, fromChunk), StateKeys.chunk(view, entity, toChunk)));
        }

        @Override
        public void dropEntity(String view, byte[] entity) {
            dropRows(view, entity, Long.MIN_VALUE, Long.MAX_VALUE);
        }

        @Override
        public void commit() {
            change(() -> database.write(synced, batch));
        }

        @Override
        public void close() {
            batch.close();
        }
    }

    @Override
    public void close() {
        families.forEach(ColumnFamilyHandle::close);
        database.close();
        owned.reversed().forEach(RocksObject::close);
    }
}
