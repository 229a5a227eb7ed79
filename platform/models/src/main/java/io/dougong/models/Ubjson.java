package io.dougong.models;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads Universal Binary JSON (ubjson.org, draft 12) as XGBoost writes it: big-endian, optimised typed arrays. Objects come
 * back as maps, arrays of numbers as {@code double[]} (exact for float32 and int32), other arrays as lists.
 */
final class Ubjson {

    private static final int MAX_DEPTH = 64;

    private final ByteBuffer in;

    private Ubjson(byte[] bytes) {
        in = ByteBuffer.wrap(bytes);
    }

    static Object read(byte[] bytes) {
        try {
            Ubjson reader = new Ubjson(bytes);
            Object value = reader.value(reader.marker(), 0);
            if (reader.in.hasRemaining()) {
                throw damaged("text after the end at byte " + reader.in.position());
            }
            return value;
        } catch (BufferUnderflowException cutOff) {
            throw new ModelProblem.Corrupt("XGBoost model", "it ends too early", cutOff);
        }
    }

    private char marker() {
        return (char) in.get();
    }

    private Object value(char marker, int depth) {
        if (depth > MAX_DEPTH) {
            throw damaged("nested more than " + MAX_DEPTH + " deep");
        }
        return switch (marker) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case 'S' -> text();
            case 'T' -> 1.0;
            case 'F' -> 0.0;
            default -> number(marker);
        };
    }

    private double number(char marker) {
        return switch (marker) {
            case 'i' -> in.get();
            case 'U' -> in.get() & 0xFF;
            case 'I' -> in.getShort();
            case 'l' -> in.getInt();
            case 'L' -> in.getLong();
            case 'd' -> in.getFloat();
            case 'D' -> in.getDouble();
            default -> throw damaged("unknown type " + (int) marker + " at byte " + (in.position() - 1));
        };
    }

    private Map<String, Object> object(int depth) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (char marker = marker(); marker != '}'; marker = marker()) {
            String name = text(marker);
            fields.put(name, value(marker(), depth + 1));
        }
        return fields;
    }

    private Object array(int depth) {
        char first = marker();
        if (first == '$') {
            char type = marker();
            expect('#');
            return typed(type, length(marker()));
        }
        if (first == '#') {
            return counted(length(marker()), depth);
        }
        List<Object> values = new ArrayList<>();
        for (char marker = first; marker != ']'; marker = marker()) {
            values.add(value(marker, depth + 1));
        }
        return values;
    }

    private double[] typed(char type, int length) {
        double[] values = new double[length];
        for (int i = 0; i < length; i++) {
            values[i] = number(type);
        }
        return values;
    }

    private List<Object> counted(int length, int depth) {
        List<Object> values = new ArrayList<>(length);
        for (int i = 0; i < length; i++) {
            values.add(value(marker(), depth + 1));
        }
        return values;
    }

    private String text() {
        return text(marker());
    }

    private String text(char lengthMarker) {
        byte[] utf8 = new byte[length(lengthMarker)];
        in.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    /** A length, never more than what is left to read, so that a damaged one cannot exhaust memory. */
    private int length(char marker) {
        double length = number(marker);
        if (length < 0 || length > in.remaining()) {
            throw damaged("length " + (long) length + " at byte " + in.position());
        }
        return (int) length;
    }

    private void expect(char wanted) {
        if (marker() != wanted) {
            throw damaged("no '" + wanted + "' at byte " + (in.position() - 1));
        }
    }

    private static ModelProblem damaged(String why) {
        return new ModelProblem.Corrupt("XGBoost model", why, null);
    }
}
