package io.dougong.trust;

import io.dougong.kernel.Offsets;
import java.nio.file.Path;

/**
 * A hash-linked chain over log records: who can show its {@link AuditHead} can show that no record before it was changed,
 * removed, inserted or moved.
 *
 * <p>Each partition of a source stream has a chain of its own, and an entry depends on its record and the entry before it
 * only. So the chains are <em>derived</em>: thrown away and fed from the log again, they have the very same hashes, however
 * the partitions interleave. One signed head covers all chains (Crosby and Wallach, "Efficient Data Structures for
 * Tamper-Evident Logging", USENIX Security 2009; Schneier and Kelsey, "Secure Audit Logs", 1999).
 *
 * <p>What it cannot see alone: chain files and the stored head replaced together by an older pair. Keep a head elsewhere
 * (with the auditor, in a ticket) and verify against it.
 *
 * <p>Safe for use by many threads.
 */
public interface AuditTrail extends AutoCloseable {

    /**
     * Appends; durable after {@link #sync} or {@link #head}. What is lost by a crash is appended again from {@link #reached}.
     *
     * @throws TrustProblem if the offset is before {@link #reached}
     * @throws io.dougong.kernel.StorageProblem if the chain is damaged: verify, keep a copy, rebuild
     */
    Link append(AuditEntry entry);

    /** Makes everything appended durable. */
    void sync();

    /** For each source partition the next offset that this chain has no entry for: feed it from there. */
    Offsets reached();

    /** Syncs, then signs and stores where the chains stand now. */
    AuditHead head();

    /** Re-reads chains and records in flat memory; stops at the first fault. Appending may go on meanwhile. */
    AuditReport verify(ContentSource source);

    /** The same, and that everything which the head kept elsewhere covers is still there, unchanged. */
    AuditReport verify(ContentSource source, AuditHead kept);

    /** Writes a copy of the chains and their signed head, as they stand now, into a folder that does not exist yet. */
    void copy(Path target);

    /** Throws the chains away (not the signed head, which the new ones must meet), to be fed from the log again. */
    void rebuild();

    @Override
    void close();
}
