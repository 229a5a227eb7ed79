package io.dougong.events.embedded;

import io.dougong.events.EventProblem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Looks through RocksDB's write-ahead logs before RocksDB replays them, to tell a torn end from damage in the middle. RocksDB's
 * point-in-time recovery stops silently at either, and would so drop acknowledged events behind a flipped bit.
 *
 * <p>Why the two can be told apart: one thread writes, and syncs each write before it begins the next. So if the <em>beginning</em>
 * of any write is found whole behind a damaged place, the damaged write had been synced and acknowledged: that is loss, and the log is
 * refused. If only damage and middle parts of the same write follow, the write was never acknowledged and is cut off.
 *
 * <p>Format: RocksDB's {@code log_format.h}: blocks of 32 KiB with fragments of crc (4, masked CRC-32C of type and payload), length
 * (2), type (1: whole, 2: first, 3: middle, 4: last), little-endian; a write begins with its sequence (8) and count of entries (4).
 */
final class WalCheck {

    private static final int BLOCK = 32 * 1024;
    private static final int HEADER = 7;
    private static final int FULL = 1;
    private static final int FIRST = 2;
    private static final int LAST = 4;
    private static final int MASK_DELTA = 0xa282ead8;
    private static final int SEQUENCE_AND_COUNT = 12;
    private static final int MAX_FILE_BYTES = Integer.MAX_VALUE - 8;

    private final String name;
    private final byte[] bytes;
    private final ByteBuffer view;
    private final CRC32C crc = new CRC32C();
    private long firstSequence = -1;
    private long nextSequence = -1;
    private int wholeUntil;

    private WalCheck(String name, byte[] bytes) {
        this.name = name;
        this.bytes = bytes;
        this.view = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    static OpenReport inspect(Path folder) throws IOException {
        List<OpenReport.Repair> repairs = new ArrayList<>();
        List<Path> files = files(folder);
        long total = 0;
        WalCheck torn = null;
        for (Path file : files) {
            WalCheck check = new WalCheck(String.valueOf(file.getFileName()), bounded(file));
            total += check.bytes.length;
            boolean whole = check.scan(repairs);
            if (torn != null && check.firstSequence > torn.nextSequence && torn.nextSequence >= 0) {
                throw torn.damaged("a later log file continues behind the damaged place");
            }
            if (!whole) {
                torn = check;
            }
        }
        return new OpenReport(files.size(), total, repairs);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> String.valueOf(file.getFileName()).matches("\\d+\\.log"))
                    .sorted()
                    .toList();
        }
    }

    private static byte[] bounded(Path file) throws IOException {
        if (Files.size(file) > MAX_FILE_BYTES) {
            throw EventProblem.corrupt(file.toString(), "a write-ahead log of more than 2 GiB", null);
        }
        return Files.readAllBytes(file);
    }

    /** Walks whole writes; returns false, with a repair noted, if the file ends in a torn one. */
    private boolean scan(List<OpenReport.Repair> repairs) {
        int at = 0;
        while (at < bytes.length) {
            int end = wholeWrite(at);
            if (end < 0) {
                return torn(repairs);
            }
            at = end;
            wholeUntil = end;
        }
        return true;
    }

    /** The end of the write that begins here, or -1 if it is not whole. */
    private int wholeWrite(int from) {
        int at = skipTrailer(from);
        if (at >= bytes.length) {
            return bytes.length;
        }
        if (!fragment(at) || type(at) > FIRST) {
            return -1;
        }
        noteSequence(at);
        while (type(at) != FULL && type(at) != LAST) {
            at = skipTrailer(at + HEADER + length(at));
            if (!fragment(at) || type(at) <= FIRST) {
                return -1;
            }
        }
        return at + HEADER + length(at);
    }

    private void noteSequence(int at) {
        if (length(at) >= SEQUENCE_AND_COUNT) {
            long sequence = view.getLong(at + HEADER);
            firstSequence = firstSequence < 0 ? sequence : firstSequence;
            nextSequence = sequence + Integer.toUnsignedLong(view.getInt(at + HEADER + Long.BYTES));
        }
    }

    /** The last bytes of a block that cannot hold a header are zero padding. */
    private static int skipTrailer(int at) {
        int left = BLOCK - at % BLOCK;
        return left < HEADER ? at + left : at;
    }

    private int type(int at) {
        return bytes[at + HEADER - 1] & 0xff;
    }

    private int length(int at) {
        return view.getShort(at + Integer.BYTES) & 0xffff;
    }

    private boolean fragment(int at) {
        if (at + HEADER > bytes.length || type(at) < FULL || type(at) > LAST) {
            return false;
        }
        int end = at + HEADER + length(at);
        if (end > bytes.length || end > (at / BLOCK + 1) * BLOCK) {
            return false;
        }
        crc.reset();
        crc.update(bytes, at + HEADER - 1, length(at) + 1);
        return view.getInt(at) == mask((int) crc.getValue());
    }

    private static int mask(int value) {
        return Integer.rotateRight(value, 15) + MASK_DELTA;
    }

    private boolean torn(List<OpenReport.Repair> repairs) {
        for (int at = wholeUntil + 1; at + HEADER <= bytes.length; at++) {
            if (fragment(at) && type(at) <= FIRST) {
                throw damaged("a later write, at byte " + at + ", is whole");
            }
        }
        if (!onlyZeros()) {
            repairs.add(new OpenReport.Repair(
                    name, wholeUntil, bytes.length - (long) wholeUntil, "the last write is not whole"));
        }
        return false;
    }

    private boolean onlyZeros() {
        for (int at = wholeUntil; at < bytes.length; at++) {
            if (bytes[at] != 0) {
                return false;
            }
        }
        return true;
    }

    private EventProblem damaged(@Nullable String why) {
        return EventProblem.corrupt(name + ", byte " + wholeUntil, "a synced write cannot be read, for " + why, null);
    }
}
