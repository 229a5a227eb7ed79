package io.dougong.features.embedded;

import io.dougong.features.FeatureProblem;
import io.dougong.features.ViewMark;
import io.dougong.kernel.Digest;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A view's mark as bytes, format 1: 32 bytes of version, newest event time, number of partitions, next offset of each. */
final class MarkFormat {

    private static final int DIGEST_BYTES = 32;
    private static final int MOST_PARTITIONS = 65_536;

    private MarkFormat() {}

    static byte[] encode(ViewMark mark) {
        ByteBuffer buffer = ByteBuffer.allocate(
                DIGEST_BYTES + Long.BYTES + Integer.BYTES + mark.next().size() * Long.BYTES);
        buffer.put(mark.version().bytes())
                .putLong(mark.newestMicros())
                .putInt(mark.next().size());
        for (long offset : mark.next()) {
            buffer.putLong(offset);
        }
        return buffer.array();
    }

    static ViewMark decode(String view, byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        try {
            byte[] digest = new byte[DIGEST_BYTES];
            buffer.get(digest);
            long newestMicros = buffer.getLong();
            int partitions = buffer.getInt();
            if (partitions < 0 || partitions > MOST_PARTITIONS) {
                throw FeatureProblem.corrupt("the mark of view '" + view + "'");
            }
            List<Long> next = new ArrayList<>();
            for (int i = 0; i < partitions; i++) {
                next.add(buffer.getLong());
            }
            return new ViewMark(view, new Digest(HexFormat.of().formatHex(digest)), newestMicros, next);
        } catch (BufferUnderflowException _) {
            throw FeatureProblem.corrupt("the mark of view '" + view + "'");
        }
    }
}
