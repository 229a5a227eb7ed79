package io.dougong.features;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Entities and panes as bytes, format 1 (big-endian). Entity: per part a type letter and the value. Rows: their number, then per
 * row all cells and per sketch the number of its entries and the entries.
 */
final class StateCodec {

    private static final String AT = "an entity's stored panes";

    private StateCodec() {}

    static byte[] entity(Object[] key) {
        return write(out -> {
            for (Object part : key) {
                part(out, part);
            }
        });
    }

    private static void part(DataOutputStream out, Object part) throws IOException {
        switch (part) {
            case String text -> {
                out.writeByte('S');
                out.writeInt(text.length());
                out.writeChars(text);
            }
            case Long number -> {
                out.writeByte('L');
                out.writeLong(number);
            }
            case Double number -> {
                out.writeByte('D');
                out.writeDouble(number);
            }
            case Boolean truth -> {
                out.writeByte('B');
                out.writeBoolean(truth);
            }
            default -> throw new IllegalStateException("A value is not of its field's type");
        }
    }

    static Object[] key(byte[] entity, int parts) {
        return read(entity, in -> {
            Object[] key = new Object[parts];
            for (int i = 0; i < parts; i++) {
                key[i] = part(in);
            }
            return key;
        });
    }

    private static Object part(DataInputStream in) throws IOException {
        byte type = in.readByte();
        return switch (type) {
            case 'S' -> text(in);
            case 'L' -> in.readLong();
            case 'D' -> in.readDouble();
            case 'B' -> in.readBoolean();
            default -> throw FeatureProblem.corrupt("an entity's key");
        };
    }

    /** UTF-16 units as they are: a text may hold half a surrogate pair, which UTF-8 cannot. */
    private static String text(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available() / Character.BYTES) {
            throw FeatureProblem.corrupt("an entity's key");
        }
        char[] units = new char[length];
        for (int i = 0; i < length; i++) {
            units[i] = in.readChar();
        }
        return new String(units);
    }

    /** The rows from one place, included, to another, excluded. */
    static byte[] rows(PaneRows rows, int from, int to, ViewPlan plan) {
        return write(out -> {
            out.writeInt(to - from);
            for (int row = from; row < to; row++) {
                for (int place = 0; place < plan.layout().width(); place++) {
                    out.writeLong(rows.cell(row, place));
                }
                for (int i = 0; i < plan.sketchCount(); i++) {
                    sketch(out, rows.sketch(row, i));
                }
            }
        });
    }

    private static void sketch(DataOutputStream out, @Nullable Sketch sketch) throws IOException {
        int[] entries = sketch == null ? new int[0] : sketch.entries();
        out.writeInt(entries.length);
        for (int entry : entries) {
            out.writeInt(entry);
        }
    }

    static void readRows(byte[] bytes, ViewPlan plan, EntityPanes into) {
        read(bytes, in -> {
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                readRow(in, plan, into);
            }
            return into;
        });
    }

    private static void readRow(DataInputStream in, ViewPlan plan, EntityPanes into) throws IOException {
        long[] row = new long[plan.layout().width()];
        for (int place = 0; place < row.length; place++) {
            row[place] = in.readLong();
        }
        @Nullable Sketch[] sketches = new @Nullable Sketch[plan.sketchCount()];
        for (int i = 0; i < sketches.length; i++) {
            int[] entries = new int[Math.clamp(in.readInt(), 0, Sketch.REGISTERS)];
            for (int j = 0; j < entries.length; j++) {
                entries[j] = in.readInt();
            }
            sketches[i] = Sketch.ofEntries(entries);
        }
        into.merge(row[CellLayout.PANE], row, sketches);
    }

    @FunctionalInterface
    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private static byte[] write(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            writing.to(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    @FunctionalInterface
    private interface Reading<T> {
        T from(DataInputStream in) throws IOException;
    }

    private static <T> T read(byte[] bytes, Reading<T> reading) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return reading.from(in);
        } catch (IOException | IndexOutOfBoundsException damaged) {
            throw FeatureProblem.corrupt(AT);
        }
    }
}
