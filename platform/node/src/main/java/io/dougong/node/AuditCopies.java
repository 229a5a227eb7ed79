package io.dougong.node;

import io.dougong.events.EventLog;
import io.dougong.trust.AuditReport;
import io.dougong.trust.AuditTrail;
import io.dougong.trust.Signer;
import io.dougong.trust.embedded.OfflineAudit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Copies of the audit chain: for an auditor to keep, and to be held against this node's records. */
public final class AuditCopies {

    private final AuditTrail trail;
    private final EventLog log;
    private final Signer signer;
    private final BooleanSupplier chained;

    /** @param chained waits until everything acknowledged is in the chain; false if that cannot be */
    AuditCopies(AuditTrail trail, EventLog log, Signer signer, BooleanSupplier chained) {
        this.trail = trail;
        this.log = log;
        this.signer = signer;
        this.chained = chained;
    }

    /** Writes the chain as it stands into a folder that must not exist yet. */
    public void write(Path target) {
        if (Files.exists(target)) {
            throw NodeProblem.badAuditCopy(target + " exists already.", "Name a folder that does not exist yet.");
        }
        if (!chained.getAsBoolean()) {
            throw NodeProblem.badAuditCopy(
                    "The chain has not taken in the newest records.", "Run 'audit verify' to see why.");
        }
        trail.copy(target);
    }

    /** Checks a copy against the records of this node and the keys that it has ever signed with; changes nothing. */
    public AuditReport verify(Path copy) {
        if (!Files.isDirectory(copy)) {
            throw NodeProblem.badAuditCopy(copy + " is no folder.", "Make a copy with 'dougong audit copy DIR'.");
        }
        return new OfflineAudit(copy, signer.keys()).verify(new AuditedRecords(log), List.of());
    }
}
