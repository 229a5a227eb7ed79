package io.dougong.events.embedded;

import io.dougong.events.EventProblem;
import org.rocksdb.RocksDBException;

/** Something for the committer to write; all methods but {@link #bytes} run on its thread. */
sealed interface Request permits AppendRequest, ChangeRequest {

    /** Memory that waiting for the committer costs. */
    long bytes();

    /** Puts the writes into the batch; if it throws, it has put nothing. */
    void stage(Staging staging) throws RocksDBException;

    /** The batch is synced and visible. */
    void synced();

    void failed(EventProblem problem);
}
