package io.dougong.events.embedded;

import io.dougong.events.Event;
import io.dougong.events.EventProblem;
import io.dougong.events.Position;
import io.dougong.events.Stored;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * The bytes of one stored event, version 1, big-endian:
 *
 * <pre>
 *  0  version      1 byte
 *  1  CRC-32C      4 bytes, of the record's key and of everything behind this field
 *  5  sequence     8 bytes
 * 13  ingested     8 bytes, microseconds
 * 21  bytes before 8 bytes, sum of the sizes of all earlier records of the partition
 * 29  event time   8 bytes, microseconds
 * 37  id, source, type, subject: each length (varint) and UTF-8
 *     number of extensions (varint), then name and value of each
 *     data: length (varint) and bytes
 * </pre>
 *
 * Because the checksum covers the key, a record that turns up at another place is found as damaged. The running sum of sizes lets
 * retention by size find its cut by binary search. The appending thread encodes the event; the committer only fills in the header.
 */
final class RecordFormat {

    static final byte VERSION = 1;
    static final int HEADER_BYTES = 29;

    private static final int CRC_AT = 1;
    private static final int CRC_END = 5;
    private static final int SEQUENCE_AT = 5;
    private static final int INGESTED_AT = 13;
    private static final int BEFORE_AT = 21;
    private static final int MAX_VARINT_BYTES = 5;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private RecordFormat() {}

    /** Encodes the event behind a header that is still empty. */
    static byte[] encode(Event event) {
        byte[] id = utf8(event.id());
        byte[] source = utf8(event.source());
        byte[] type = utf8(event.type());
        byte[] subject = utf8(event.subject());
        byte[][] extensions = extensions(event.extensions());
        int size = HEADER_BYTES + Long.BYTES + sized(id) + sized(source) + sized(type) + sized(subject);
        size += varintSize(extensions.length / 2) + sized(event.data());
        for (byte[] part : extensions) {
            size += sized(part);
        }
        ByteBuffer out = ByteBuffer.allocate(size);
        out.put(VERSION).position(HEADER_BYTES);
        out.putLong(event.timeMicros());
        put(out, id);
        put(out, source);
        put(out, type);
        put(out, subject);
        putVarint(out, extensions.length / 2);
        for (byte[] part : extensions) {
            put(out, part);
        }
        put(out, event.data());
        return out.array();
    }

    private static byte[][] extensions(Map<String, String> extensions) {
        byte[][] parts = new byte[extensions.size() * 2][];
        int i = 0;
        for (Map.Entry<String, String> extension : extensions.entrySet()) {
            parts[i++] = utf8(extension.getKey());
            parts[i++] = utf8(extension.getValue());
        }
        return parts;
    }

    /** Fills in the header and seals the record with its checksum. */
    static void seal(byte[] record, byte[] key, long sequence, long ingestedMicros, long bytesBefore, CRC32C crc) {
        LONG.set(record, SEQUENCE_AT, sequence);
        LONG.set(record, INGESTED_AT, ingestedMicros);
        LONG.set(record, BEFORE_AT, bytesBefore);
        INT.set(record, CRC_AT, checksum(record, key, crc));
    }

    static long sequence(byte[] record) {
        return (long) LONG.get(record, SEQUENCE_AT);
    }

    static long ingestedMicros(byte[] record) {
        return (long) LONG.get(record, INGESTED_AT);
    }

    static long bytesBefore(byte[] record) {
        return (long) LONG.get(record, BEFORE_AT);
    }

    /** Refuses a record that is not whole, naming where it stands. */
    static void check(Position position, byte[] key, byte[] record) {
        if (record.length < HEADER_BYTES) {
            throw EventProblem.corrupt(position.toString(), "the record has only " + record.length + " bytes", null);
        }
        if (record[0] != VERSION) {
            throw EventProblem.corrupt(
                    position.toString(), "unknown record version " + record[0] + "; this release reads 1", null);
        }
        if ((int) INT.get(record, CRC_AT) != checksum(record, key, new CRC32C())) {
            throw EventProblem.corrupt(position.toString(), "the record's checksum does not match", null);
        }
    }

    static Stored decode(Position position, byte[] key, byte[] record) {
        check(position, key, record);
        return new Stored(position, sequence(record), ingestedMicros(record), event(position, record));
    }

    private static Event event(Position position, byte[] record) {
        try {
            ByteBuffer in = ByteBuffer.wrap(record, HEADER_BYTES, record.length - HEADER_BYTES);
            long time = in.getLong();
            String id = text(in);
            String source = text(in);
            String type = text(in);
            String subject = text(in);
            Map<String, String> extensions = new TreeMap<>();
            for (int left = varint(in); left > 0; left--) {
                extensions.put(text(in), text(in));
            }
            byte[] data = bytes(in);
            return new Event(id, source, type, subject, time, data, extensions);
        } catch (RuntimeException malformed) {
            throw EventProblem.corrupt(position.toString(), "the record cannot be decoded", malformed);
        }
    }

    /** The event's id without the rest. */
    static String id(byte[] record) {
        return text(ByteBuffer.wrap(record, HEADER_BYTES + Long.BYTES, record.length - HEADER_BYTES - Long.BYTES));
    }

    private static int checksum(byte[] record, byte[] key, CRC32C crc) {
        crc.reset();
        crc.update(key, 0, key.length);
        crc.update(record, CRC_END, record.length - CRC_END);
        return (int) crc.getValue();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static int sized(byte[] bytes) {
        return varintSize(bytes.length) + bytes.length;
    }

    private static int varintSize(int value) {
        return Math.max(1, (Integer.SIZE - Integer.numberOfLeadingZeros(value) + 6) / 7);
    }

    private static void put(ByteBuffer out, byte[] bytes) {
        putVarint(out, bytes.length);
        out.put(bytes);
    }

    private static void putVarint(ByteBuffer out, int value) {
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            out.put((byte) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }

    private static int varint(ByteBuffer in) {
        int value = 0;
        for (int i = 0; i < MAX_VARINT_BYTES; i++) {
            byte next = in.get();
            value |= (next & 0x7F) << 7 * i;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a varint of more than five bytes");
    }

    private static byte[] bytes(ByteBuffer in) {
        byte[] bytes = new byte[checkedLength(in)];
        in.get(bytes);
        return bytes;
    }

    private static String text(ByteBuffer in) {
        int length = checkedLength(in);
        String text = new String(in.array(), in.arrayOffset() + in.position(), length, StandardCharsets.UTF_8);
        in.position(in.position() + length);
        return text;
    }

    private static int checkedLength(ByteBuffer in) {
        int length = varint(in);
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException("a part longer than its record");
        }
        return length;
    }
}
