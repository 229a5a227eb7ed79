package io.dougong.events.embedded;

import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** The step that makes a group of appends durable; tests put a slow or failing one in its place. */
@FunctionalInterface
interface SyncedWriter {

    void write(RocksDB database, WriteOptions synced, WriteBatch batch) throws RocksDBException;
}
