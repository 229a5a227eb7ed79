package io.dougong.events.embedded;

import io.dougong.events.EventProblem;
import io.dougong.kernel.Problem;
import io.dougong.kernel.StorageProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** Turns RocksDB's errors into the log's. */
final class Trouble {

    private Trouble() {}

    static Problem atOpen(Path folder, RocksDBException cause) {
        String why = String.valueOf(cause.getMessage());
        if (why.contains("LOCK") || why.contains("lock hold by")) {
            return StorageProblem.locked(folder.toString(), "");
        }
        return isCorruption(cause)
                ? EventProblem.corrupt(folder.toString(), why, cause)
                : StorageProblem.unreadable(folder.toString(), cause);
    }

    static EventProblem atWrite(RocksDBException cause) {
        return EventProblem.writeFailed(String.valueOf(cause.getMessage()), isFull(cause), cause);
    }

    static EventProblem atWrite(IOException cause) {
        return EventProblem.writeFailed(String.valueOf(cause.getMessage()), isFull(cause), cause);
    }

    static EventProblem atRead(String where, RocksDBException cause) {
        return EventProblem.corrupt(where, String.valueOf(cause.getMessage()), cause);
    }

    static boolean isCorruption(RocksDBException cause) {
        Status status = cause.getStatus();
        return status != null && status.getCode() == Status.Code.Corruption;
    }

    private static boolean isFull(RocksDBException cause) {
        Status status = cause.getStatus();
        return status != null && status.getSubCode() == Status.SubCode.NoSpace || isFull((Exception) cause);
    }

    private static boolean isFull(Exception cause) {
        String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("no space") || message.contains("file too large") || message.contains("quota");
    }
}
