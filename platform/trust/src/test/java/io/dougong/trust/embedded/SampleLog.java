package io.dougong.trust.embedded;

import io.dougong.kernel.StreamPartition;
import io.dougong.trust.AuditEntry;
import io.dougong.trust.AuditTrail;
import io.dougong.trust.ContentSource;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A log in memory, with records that any process makes the same. */
final class SampleLog implements ContentSource {

    static final StreamPartition DECISIONS = new StreamPartition("_decisions", 0);
    static final StreamPartition OTHERS = new StreamPartition("_decisions", 1);

    private final Map<String, byte[]> changed = new HashMap<>();

    static byte[] record(StreamPartition partition, long offset) {
        return ("record " + offset + " of " + partition).getBytes(StandardCharsets.UTF_8);
    }

    static AuditEntry entry(StreamPartition partition, long offset) {
        byte[] record = record(partition, offset);
        return AuditEntry.of(
                "decision", partition, offset, record, 1_700_000_000_000_000L + offset, "token:" + offset % 7);
    }

    static void feed(AuditTrail trail, StreamPartition partition, long until) {
        for (long offset = trail.reached().of(partition); offset < until; offset++) {
            trail.append(entry(partition, offset));
        }
    }

    void change(String reference, byte[] content) {
        changed.put(reference, content);
    }

    @Override
    public Optional<byte[]> content(String reference) {
        byte[] other = changed.get(reference);
        if (other != null) {
            return other.length == 0 ? Optional.empty() : Optional.of(other);
        }
        int at = reference.lastIndexOf('@');
        return Optional.of(
                record(StreamPartition.parse(reference.substring(0, at)), Long.parseLong(reference.substring(at + 1))));
    }
}
