package io.dougong.trust;

import java.util.Optional;

/**
 * What a verification found.
 *
 * @param entries chain entries that were read and hold
 * @param records records that were read again and have the digest the chain remembers
 * @param fault the first fault, empty if there is none
 */
public record AuditReport(boolean ok, long entries, long records, Optional<Fault> fault) {

    /**
     * @param sequence place in the chain of the reference's partition; -1 if the signed head itself is at fault
     * @param reference the record, as far as the damaged chain still tells
     */
    public record Fault(long sequence, String reference, String what) {}

    public static AuditReport good(long entries, long records) {
        return new AuditReport(true, entries, records, Optional.empty());
    }

    public static AuditReport bad(long entries, long records, Fault fault) {
        return new AuditReport(false, entries, records, Optional.of(fault));
    }
}
