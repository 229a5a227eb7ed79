package io.dougong.serving.oip;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Element types of tensors (Open Inference Protocol v2, "Tensor Data Types"). In binary, numbers are little-endian. */
public enum Datatype {
    BOOL(1),
    UINT8(1),
    UINT16(2),
    UINT32(4),
    UINT64(8),
    INT8(1),
    INT16(2),
    INT32(4),
    INT64(8),
    FP16(2),
    FP32(4),
    FP64(8),
    /** Texts; in binary each is led by its length in four bytes. */
    BYTES(0);

    private static final int BYTE_MASK = 0xff;
    private static final int SHORT_MASK = 0xffff;
    private static final long INT_MASK = 0xffff_ffffL;
    private static final double TWO_POW_64 = 0x1p64;

    private final int width;

    Datatype(int width) {
        this.width = width;
    }

    static Datatype named(String name) {
        return Arrays.stream(values())
                .filter(type -> type.name().equals(name))
                .findFirst()
                .orElseThrow(() -> InferenceProblem.unknownDatatype(
                        name, Arrays.stream(values()).map(Datatype::name).toList()));
    }

    /** Bytes of one number; 0 for texts. */
    int width() {
        return width;
    }

    double read(ByteBuffer from) {
        return switch (this) {
            case BOOL -> from.get() == 0 ? 0 : 1;
            case UINT8 -> from.get() & BYTE_MASK;
            case UINT16 -> from.getShort() & SHORT_MASK;
            case UINT32 -> from.getInt() & INT_MASK;
            case UINT64 -> unsigned(from.getLong());
            case INT8 -> from.get();
            case INT16 -> from.getShort();
            case INT32 -> from.getInt();
            case INT64 -> from.getLong();
            case FP16 -> Float.float16ToFloat(from.getShort());
            case FP32 -> from.getFloat();
            case FP64 -> from.getDouble();
            case BYTES -> throw new IllegalStateException("texts have no numbers");
        };
    }

    private static double unsigned(long value) {
        return value >= 0 ? value : value + TWO_POW_64;
    }
}
