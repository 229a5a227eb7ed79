package io.dougong.trust.embedded;

import io.dougong.kernel.Digest;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Walks the segments of one chain, entry by entry, recomputing every hash; holds one entry at a time. */
final class ChainReader implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    private final List<Path> segments;
    private final MessageDigest sha256 = Digest.sha256();
    private final byte[] body = new byte[ChainFormat.MAX_BODY];
    private final byte[] stored = new byte[ChainFormat.HASH_LENGTH];
    private int segment;
    private @Nullable InputStream in;
    private long position;
    private long count;
    private long next;
    private long offset = -1;
    private long suspect = -1;
    private byte[] hash;

    private ChainReader(List<Path> segments, long count, long next, byte[] hash) {
        this.segments = segments;
        this.count = count;
        this.next = next;
        this.hash = hash;
    }

    /** From the very first entry. */
    static ChainReader whole(List<Path> segments, byte[] genesis) {
        return new ChainReader(segments, 0, 0, genesis);
    }

    /** From the first entry of one segment, believing its header. */
    static ChainReader of(Path segment) throws IOException, BrokenChain {
        long named = ChainFolder.sequence(segment);
        try (InputStream file = Files.newInputStream(segment)) {
            byte[] bytes = file.readNBytes(ChainFormat.HEADER_LENGTH);
            if (bytes.length < ChainFormat.HEADER_LENGTH) {
                throw new BrokenChain(named, "the header of its segment is cut off");
            }
            ChainFormat.Header header = ChainFormat.header(bytes, named);
            return new ChainReader(List.of(segment), header.sequence(), header.next(), header.previous());
        }
    }

    /** Goes to the next entry; false at the end of the last segment. */
    boolean advance() throws IOException, BrokenChain {
        while (true) {
            InputStream current = in;
            if (current == null) {
                if (segment == segments.size()) {
                    return false;
                }
                current = open(segments.get(segment++));
                in = current;
            }
            int first = current.read();
            if (first >= 0) {
                frame(current, first);
                return true;
            }
            current.close();
            in = null;
        }
    }

    private InputStream open(Path path) throws IOException, BrokenChain {
        InputStream opened = new BufferedInputStream(Files.newInputStream(path), BUFFER);
        in = opened;
        byte[] bytes = opened.readNBytes(ChainFormat.HEADER_LENGTH);
        if (bytes.length < ChainFormat.HEADER_LENGTH) {
            throw new BrokenChain(count, "the header of its segment is cut off");
        }
        ChainFormat.Header header = ChainFormat.header(bytes, count);
        long named = ChainFolder.sequence(path);
        if (header.sequence() != count || named != count) {
            throw new BrokenChain(
                    count, "the segment of entry " + named + " stands where it should be: one was removed");
        }
        if (header.next() != next || !Arrays.equals(header.previous(), hash)) {
            throw new BrokenChain(count, "its segment does not continue the one before");
        }
        position = ChainFormat.HEADER_LENGTH;
        return opened;
    }

    private void frame(InputStream from, int firstByte) throws IOException, BrokenChain {
        suspect = -1;
        byte[] rest = from.readNBytes(Integer.BYTES - 1);
        require(rest.length == Integer.BYTES - 1, "it is cut off");
        int length = ByteBuffer.allocate(Integer.BYTES)
                .put((byte) firstByte)
                .put(rest)
                .getInt(0);
        require(length >= ChainFormat.MIN_BODY && length <= ChainFormat.MAX_BODY, "its length was changed");
        require(from.readNBytes(body, 0, length) == length, "it is cut off, or its length was changed");
        require(from.readNBytes(stored, 0, stored.length) == stored.length, "it is cut off, or its length was changed");
        accept(length);
        position += Integer.BYTES + length + ChainFormat.HASH_LENGTH;
    }

    private void accept(int length) throws BrokenChain {
        ByteBuffer view = ByteBuffer.wrap(body, 0, length);
        long sequence = view.getLong();
        long read = view.getLong();
        suspect = read;
        sha256.update(hash);
        sha256.update(body, 0, length);
        byte[] computed = sha256.digest();
        boolean intact = Arrays.equals(computed, stored);
        require(
                sequence == count,
                intact || sequence < 0
                        ? "it was changed"
                        : "entry " + sequence + " stands in its place, or it was changed");
        require(intact, "it or its hash was changed");
        require(read >= next, "it is out of order");
        hash = computed;
        offset = read;
        next = read + 1;
        count++;
    }

    private void require(boolean condition, String what) throws BrokenChain {
        if (!condition) {
            throw new BrokenChain(count, what);
        }
    }

    /** Entries read so far. */
    long count() {
        return count;
    }

    /** The offset after that of the last entry. */
    long next() {
        return next;
    }

    /** Of the last entry. */
    byte[] hash() {
        return hash;
    }

    /** The record's offset of the last entry. */
    long offset() {
        return offset;
    }

    /** The record's offset as the entry read last says, be it good or broken; -1 if none could be read. */
    long suspect() {
        return suspect;
    }

    /** Whether the last entry remembers this digest. */
    boolean remembers(byte[] contentDigest) {
        int from = 3 * Long.BYTES;
        return Arrays.equals(body, from, from + ChainFormat.HASH_LENGTH, contentDigest, 0, contentDigest.length);
    }

    /** Where in its segment the last good entry ends. */
    long position() {
        return position;
    }

    @Override
    public void close() throws IOException {
        InputStream current = in;
        if (current != null) {
            current.close();
        }
    }
}
