package io.dougong.trust;

import io.dougong.kernel.Digest;
import io.dougong.kernel.InvalidValue;
import io.dougong.kernel.StreamPartition;

/**
 * One record of the log, as the audit chain remembers it. It has no clock of its own: everything in it comes from the record.
 *
 * @param kind what the record is, e.g. {@code decision}; at most 64 characters
 * @param reference where the record stands in the log, e.g. {@code _decisions/0@17}
 * @param content SHA-256 of the record's stored bytes: personal values are sealed in them, so that erasing a person leaves it valid
 * @param atMicros when the record says that it happened
 * @param actor who did it, as an id ({@code token:3f1c…}, {@code system}), never a person's name; at most 128 characters
 */
public record AuditEntry(String kind, String reference, Digest content, long atMicros, String actor) {

    public static final int MAX_KIND_LENGTH = 64;
    public static final int MAX_ACTOR_LENGTH = 128;

    public AuditEntry {
        if (kind.isEmpty() || kind.length() > MAX_KIND_LENGTH || actor.length() > MAX_ACTOR_LENGTH) {
            throw new InvalidValue(
                    "bad-audit-entry",
                    "Kind '" + kind + "' or actor '" + actor + "' of " + reference + " is empty or too long.",
                    "At most " + MAX_KIND_LENGTH + " and " + MAX_ACTOR_LENGTH + " characters.");
        }
        parsePartition(reference);
        parseOffset(reference);
    }

    public static AuditEntry of(
            String kind, StreamPartition partition, long offset, byte[] content, long atMicros, String actor) {
        return new AuditEntry(kind, partition + "@" + offset, Digest.of(content), atMicros, actor);
    }

    public StreamPartition partition() {
        return parsePartition(reference);
    }

    public long offset() {
        return parseOffset(reference);
    }

    private static StreamPartition parsePartition(String reference) {
        return StreamPartition.parse(reference.substring(0, at(reference)));
    }

    private static long parseOffset(String reference) {
        String digits = reference.substring(at(reference) + 1);
        try {
            long offset = Long.parseLong(digits);
            if (offset >= 0 && Long.toString(offset).equals(digits)) {
                return offset;
            }
        } catch (NumberFormatException notANumber) {
            throw malformed(reference);
        }
        throw malformed(reference);
    }

    private static int at(String reference) {
        int at = reference.lastIndexOf('@');
        if (at < 0) {
            throw malformed(reference);
        }
        return at;
    }

    private static InvalidValue malformed(String reference) {
        return new InvalidValue(
                "bad-reference",
                "'" + reference + "' is not of the form stream/partition@offset.",
                "E.g. _decisions/0@17.");
    }
}
