package io.dougong.trust.embedded;

import io.dougong.kernel.Digest;
import io.dougong.kernel.StreamPartition;
import io.dougong.trust.AuditEntry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The chain file, version 1; numbers are big-endian.
 *
 * <pre>
 * segment = header frame*
 * header  = "DGAUDIT" 0x01 | sequence of the first entry i64 | first offset allowed i64 | hash before it 32 | SHA-256 of these 32
 * frame   = length of body i32 | body | hash 32
 * body    = sequence i64 | offset i64 | at i64 | content 32 | length of kind u16 | kind | length of actor u16 | actor
 * hash    = SHA-256(hash before | body); before the first: SHA-256("dougong-audit-1\n" partition)
 * </pre>
 *
 * Every byte is covered by a hash, a check, or a redundant length. The partition is not repeated in each entry: it is in the
 * first hash, and so in all.
 */
final class ChainFormat {

    static final int HASH_LENGTH = 32;
    static final int HEADER_LENGTH = 8 + 2 * Long.BYTES + 2 * HASH_LENGTH;
    static final int MIN_BODY = 3 * Long.BYTES + HASH_LENGTH + 2 * Short.BYTES;
    static final int MAX_BODY = MIN_BODY + 3 * (AuditEntry.MAX_KIND_LENGTH + AuditEntry.MAX_ACTOR_LENGTH);
    static final int MAX_FRAME = Integer.BYTES + MAX_BODY + HASH_LENGTH;

    private static final byte[] MAGIC = "DGAUDIT\u0001".getBytes(StandardCharsets.US_ASCII);
    private static final int CHECKED_LENGTH = HEADER_LENGTH - HASH_LENGTH;

    /** What a header says. */
    @SuppressWarnings("ArrayRecordComponent") // inside this package, never compared
    record Header(long sequence, long next, byte[] previous) {}

    private ChainFormat() {}

    static byte[] genesis(StreamPartition partition) {
        return Digest.of("dougong-audit-1\n" + partition).bytes();
    }

    static ByteBuffer header(long sequence, long next, byte[] previous) {
        ByteBuffer header = ByteBuffer.allocate(HEADER_LENGTH)
                .put(MAGIC)
                .putLong(sequence)
                .putLong(next)
                .put(previous);
        MessageDigest sha256 = Digest.sha256();
        sha256.update(header.array(), 0, CHECKED_LENGTH);
        return header.put(sha256.digest()).flip();
    }

    /** @throws BrokenChain if a byte of it is wrong */
    static Header header(byte[] bytes, long expectedSequence) throws BrokenChain {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, MAGIC.length, 2 * Long.BYTES + HASH_LENGTH);
        long sequence = buffer.getLong();
        long next = buffer.getLong();
        byte[] previous = new byte[HASH_LENGTH];
        buffer.get(previous);
        if (!header(sequence, next, previous).equals(ByteBuffer.wrap(bytes))) {
            throw new BrokenChain(expectedSequence, "the header of its segment was changed");
        }
        return new Header(sequence, next, previous);
    }

    /** Writes body and its length; the hash is to follow. Returns where the body begins. */
    static int body(ByteBuffer target, long sequence, AuditEntry entry) {
        byte[] kind = entry.kind().getBytes(StandardCharsets.UTF_8);
        byte[] actor = entry.actor().getBytes(StandardCharsets.UTF_8);
        target.putInt(MIN_BODY + kind.length + actor.length);
        int start = target.position();
        target.putLong(sequence)
                .putLong(entry.offset())
                .putLong(entry.atMicros())
                .put(entry.content().bytes())
                .putShort((short) kind.length)
                .put(kind)
                .putShort((short) actor.length)
                .put(actor);
        return start;
    }
}
