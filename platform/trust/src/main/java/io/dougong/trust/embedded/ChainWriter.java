package io.dougong.trust.embedded;

import io.dougong.kernel.Digest;
import io.dougong.kernel.DurableFiles;
import io.dougong.kernel.StreamPartition;
import io.dougong.trust.AuditEntry;
import io.dougong.trust.AuditHead.ChainHead;
import io.dougong.trust.Link;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The growing end of one chain. At opening, what a crash left half-written after the signed part is cut off: it will be
 * derived again. Inside the signed part nothing is ever cut: there it is evidence.
 */
final class ChainWriter implements AutoCloseable {

    private static final int BUFFER = 1 << 14;

    private final ChainFolder folder;
    private final StreamPartition partition;
    private final long segmentBytes;
    private final MessageDigest sha256 = Digest.sha256();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private @Nullable FileChannel channel;
    private long segmentLength;
    private boolean unsynced;
    private long count;
    private long synced;
    private long next;
    private byte[] hash;
    private Digest last;
    private boolean broken;

    private ChainWriter(ChainFolder folder, StreamPartition partition, long segmentBytes) {
        this.folder = folder;
        this.partition = partition;
        this.segmentBytes = segmentBytes;
        this.hash = ChainFormat.genesis(partition);
        this.last = digest(hash);
    }

    /**
     * @param keep entries beyond these are cut off: after a failed sync what is on disk of them is unknown, whatever is read
     * @throws BrokenChain if an entry among the first {@code signedEntries} is damaged or missing
     */
    static ChainWriter open(
            ChainFolder folder, StreamPartition partition, long segmentBytes, long signedEntries, long keep)
            throws IOException, BrokenChain {
        ChainWriter writer = new ChainWriter(folder, partition, segmentBytes);
        folder.create(partition);
        writer.recover(signedEntries, keep);
        writer.synced = writer.count;
        return writer;
    }

    private void recover(long signedEntries, long keep) throws IOException, BrokenChain {
        List<Path> segments = folder.segments(partition);
        for (int i = segments.size() - 1; i >= 0; i--) {
            if (recovered(segments.get(i), signedEntries, keep)) {
                break;
            }
        }
        if (count < signedEntries) {
            throw new BrokenChain(
                    count, "entries " + count + " to " + (signedEntries - 1) + " were signed and are missing");
        }
    }

    /** False if the segment's header never reached the disk: then there is nothing in it. */
    private boolean recovered(Path segment, long signedEntries, long keep) throws IOException, BrokenChain {
        try (ChainReader reader = ChainReader.of(segment)) {
            if (reader.count() > keep) {
                Files.delete(segment);
                return false;
            }
            long length = recoveredLength(reader, signedEntries, keep);
            count = reader.count();
            next = reader.next();
            hash = reader.hash();
            last = digest(hash);
            FileChannel opened = FileChannel.open(segment, StandardOpenOption.WRITE);
            opened.truncate(length);
            opened.position(length);
            opened.force(true);
            channel = opened;
            segmentLength = length;
            return true;
        } catch (BrokenChain broken) {
            if (broken.sequence() < signedEntries) {
                throw broken;
            }
            Files.delete(segment);
            return false;
        }
    }

    private static long recoveredLength(ChainReader reader, long signedEntries, long keep)
            throws IOException, BrokenChain {
        try {
            boolean more = true;
            while (more && reader.count() < keep) {
                more = reader.advance();
            }
        } catch (BrokenChain torn) {
            if (torn.sequence() < signedEntries) {
                throw torn;
            }
        }
        return reader.position();
    }

    /** After a failed write or sync what is on disk is unknown: every later one fails too, until the chain is opened again. */
    Link append(AuditEntry entry) throws IOException {
        requireUnbroken();
        if (channel == null || (segmentLength >= segmentBytes)) {
            roll();
        }
        if (buffer.remaining() < ChainFormat.MAX_FRAME) {
            flush();
        }
        int before = buffer.position();
        int start = ChainFormat.body(buffer, count, entry);
        sha256.update(hash);
        sha256.update(buffer.array(), start, buffer.position() - start);
        byte[] linked = sha256.digest();
        buffer.put(linked);
        segmentLength += buffer.position() - before;
        unsynced = true;
        Digest previous = last;
        last = digest(linked);
        Link link = new Link(count, previous, last);
        hash = linked;
        next = entry.offset() + 1;
        count++;
        return link;
    }

    private void roll() throws IOException {
        sync();
        close();
        FileChannel opened = FileChannel.open(
                folder.segment(partition, count), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        channel = opened;
        DurableFiles.syncFolder(folder.folder(partition));
        buffer.put(ChainFormat.header(count, next, hash));
        segmentLength = ChainFormat.HEADER_LENGTH;
        unsynced = true;
    }

    /** Hands what is buffered to the operating system, so that readers see it. */
    void flush() throws IOException {
        FileChannel open = channel;
        if (open != null) {
            flush(open);
        }
    }

    private void flush(FileChannel open) throws IOException {
        requireUnbroken();
        broken = true;
        buffer.flip();
        while (buffer.hasRemaining()) {
            open.write(buffer);
        }
        buffer.clear();
        broken = false;
    }

    private void requireUnbroken() throws IOException {
        if (broken) {
            throw new IOException("an earlier write of the audit chain failed; it must be opened again");
        }
    }

    void sync() throws IOException {
        FileChannel open = channel;
        if (open != null && unsynced) {
            flush();
            broken = true;
            open.force(false);
            broken = false;
            unsynced = false;
            synced = count;
        }
    }

    long count() {
        return count;
    }

    /** Entries that are on disk for certain. */
    long synced() {
        return synced;
    }

    /** Lets go without writing what is buffered. */
    void abandon() throws IOException {
        broken = true;
        close();
    }

    long next() {
        return next;
    }

    ChainHead head() {
        return new ChainHead(count, next, last.hex());
    }

    private static Digest digest(byte[] hash) {
        return new Digest(HexFormat.of().formatHex(hash));
    }

    @Override
    public void close() throws IOException {
        try (FileChannel closing = channel) {
            channel = null;
            if (closing != null && !broken) {
                flush(closing);
            }
        }
    }
}
