package io.dougong.features.embedded;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Keys, format 1. In {@code default}: {@code format}, and {@code view/<name>} with what the view had seen. In {@code panes}:
 * length and name of the view, length and bytes of the entity, chunk (big-endian, its sign bit flipped so that bytes sort as
 * numbers do).
 */
final class StateKeys {

    static final byte[] FORMAT = utf8("format");
    static final byte[] FIRST_MARK = utf8("view/");

    private StateKeys() {}

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] mark(String view) {
        return utf8("view/" + view);
    }

    static String viewOfMark(byte[] key) {
        return new String(key, FIRST_MARK.length, key.length - FIRST_MARK.length, StandardCharsets.UTF_8);
    }

    static byte[] view(String view) {
        byte[] name = utf8(view);
        return ByteBuffer.allocate(Integer.BYTES + name.length)
                .putInt(name.length)
                .put(name)
                .array();
    }

    static byte[] chunk(String view, byte[] entity, long chunk) {
        byte[] prefix = view(view);
        return ByteBuffer.allocate(prefix.length + Integer.BYTES + entity.length + Long.BYTES)
                .put(prefix)
                .putInt(entity.length)
                .put(entity)
                .putLong(chunk ^ Long.MIN_VALUE)
                .array();
    }

    /** The entity within a chunk's key. */
    static byte[] entity(byte[] key, int viewLength) {
        ByteBuffer buffer = ByteBuffer.wrap(key).position(viewLength);
        byte[] entity = new byte[buffer.getInt()];
        buffer.get(entity);
        return entity;
    }

    /** The least key that follows all keys with the prefix; a prefix never is 0xFF only, as it starts with a length. */
    static byte[] after(byte[] prefix) {
        byte[] after = prefix.clone();
        int last = after.length - 1;
        while (after[last] == (byte) 0xFF) {
            after[last] = 0;
            last--;
        }
        after[last]++;
        return after;
    }

    static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }
}
