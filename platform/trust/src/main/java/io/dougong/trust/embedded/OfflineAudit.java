package io.dougong.trust.embedded;

import io.dougong.trust.AuditHead;
import io.dougong.trust.AuditHead.ChainHead;
import io.dougong.trust.AuditReport;
import io.dougong.trust.ContentSource;
import io.dougong.trust.VerificationKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Verifies a copy of an audit folder with public keys alone, and writes nothing. */
public final class OfflineAudit {

    private final Path folder;
    private final Map<String, VerificationKey> trusted;

    /** @param trusted keys whose signatures count; not taken from the folder, where a forger would put theirs */
    public OfflineAudit(Path folder, List<VerificationKey> trusted) {
        this.folder = folder;
        this.trusted = trusted.stream().collect(Collectors.toUnmodifiableMap(VerificationKey::id, key -> key));
    }

    /** @param kept heads kept elsewhere, which the chain must cover; what follows the newest head is held by its hashes only */
    public AuditReport verify(ContentSource source, List<AuditHead> kept) {
        Function<String, Optional<VerificationKey>> keys = id -> Optional.ofNullable(trusted.get(id));
        List<Map<String, ChainHead>> heads = new ArrayList<>();
        try {
            new HeadFile(folder).read(keys).ifPresent(head -> heads.add(head.chains()));
            for (AuditHead head : kept) {
                HeadFile.check(head, keys);
                heads.add(head.chains());
            }
        } catch (HeadFile.Unusable unusable) {
            return AuditVerifier.headFault(unusable.what());
        }
        return new AuditVerifier(new ChainFolder(folder), source, heads, Map.of()).report();
    }
}
