package io.dougong.events.embedded;

import io.dougong.kernel.StreamPartition;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** How keys are laid out: big-endian numbers, so that RocksDB's byte order is the order of offsets. */
final class Keys {

    static final int RECORD_BYTES = 16;
    static final int PARTITION_BYTES = 8;

    static final byte[] FORMAT = utf8("format");
    static final byte[] FLOOR = utf8("floor");

    private static final String STREAM_PREFIX = "stream/";
    private static final String START_PREFIX = "start/";
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private Keys() {}

    /** Stream id, partition, offset. */
    static byte[] record(int stream, int partition, long offset) {
        byte[] key = new byte[RECORD_BYTES];
        INT.set(key, 0, stream);
        INT.set(key, Integer.BYTES, partition);
        LONG.set(key, PARTITION_BYTES, offset);
        return key;
    }

    static boolean samePartition(byte[] a, byte[] b) {
        return Arrays.equals(a, 0, PARTITION_BYTES, b, 0, PARTITION_BYTES);
    }

    static long offset(byte[] key) {
        return (long) LONG.get(key, PARTITION_BYTES);
    }

    /** Stream id and event id. */
    static byte[] id(int stream, String eventId) {
        byte[] text = utf8(eventId);
        byte[] key = new byte[Integer.BYTES + text.length];
        INT.set(key, 0, stream);
        System.arraycopy(text, 0, key, Integer.BYTES, text.length);
        return key;
    }

    /** Partition and offset, the value of an id. */
    static byte[] place(int partition, long offset) {
        byte[] value = new byte[Integer.BYTES + Long.BYTES];
        INT.set(value, 0, partition);
        LONG.set(value, Integer.BYTES, offset);
        return value;
    }

    static int placePartition(byte[] place) {
        return (int) INT.get(place, 0);
    }

    static long placeOffset(byte[] place) {
        return (long) LONG.get(place, Integer.BYTES);
    }

    static byte[] stream(String name) {
        return utf8(STREAM_PREFIX + name);
    }

    static byte[] start(StreamPartition partition) {
        return utf8(START_PREFIX + partition);
    }

    static byte[] streamPrefix() {
        return utf8(STREAM_PREFIX);
    }

    static byte[] groupPrefix(String group) {
        return utf8(group + '\n');
    }

    static byte[] group(String group, StreamPartition partition) {
        return utf8(group + '\n' + partition);
    }

    static byte[] longs(long... values) {
        byte[] bytes = new byte[values.length * Long.BYTES];
        for (int i = 0; i < values.length; i++) {
            LONG.set(bytes, i * Long.BYTES, values[i]);
        }
        return bytes;
    }

    static long longAt(byte[] bytes, int index) {
        return (long) LONG.get(bytes, index * Long.BYTES);
    }

    static boolean startsWith(byte[] bytes, byte[] prefix) {
        return bytes.length >= prefix.length && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] bytes, int from) {
        return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
    }
}
