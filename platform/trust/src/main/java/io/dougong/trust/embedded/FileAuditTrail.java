package io.dougong.trust.embedded;

import io.dougong.kernel.DurableFiles;
import io.dougong.kernel.Offsets;
import io.dougong.kernel.StorageProblem;
import io.dougong.kernel.StreamPartition;
import io.dougong.trust.AuditEntry;
import io.dougong.trust.AuditHead;
import io.dougong.trust.AuditHead.ChainHead;
import io.dougong.trust.AuditReport;
import io.dougong.trust.AuditTrail;
import io.dougong.trust.ContentSource;
import io.dougong.trust.Link;
import io.dougong.trust.Signer;
import io.dougong.trust.TrustProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The audit chain in append-only files, see {@link ChainFormat}; entries are grouped into one write and one sync. */
public final class FileAuditTrail implements AuditTrail {

    /** A few hundred thousand entries. */
    public static final long SEGMENT_BYTES = 64L << 20;

    private static final String ADVICE =
            "Run 'audit verify', keep a copy of the audit folder as evidence, then run 'audit rebuild'.";

    private final ChainFolder folder;
    private final Path root;
    private final HeadFile headFile;
    private final Signer signer;
    private final long segmentBytes;
    private final SortedMap<StreamPartition, ChainWriter> chains = new TreeMap<>();
    /** Chains that a failed write has closed, with how many entries of each are on disk for certain. */
    private final SortedMap<StreamPartition, Long> failed = new TreeMap<>();

    private final SortedMap<StreamPartition, String> damaged = new TreeMap<>();
    private @Nullable AuditHead signed;
    private @Nullable String headFault;
    private boolean rebuilding;

    /**
     * Opens also what is damaged, so that it can be verified; only appending to it is refused.
     *
     * @param root a folder for the chains alone
     */
    public FileAuditTrail(Path root, Signer signer, long segmentBytes) {
        this.root = KeyFiles.folder(root);
        this.folder = new ChainFolder(root);
        this.headFile = new HeadFile(root);
        this.signer = signer;
        this.segmentBytes = segmentBytes;
        load();
    }

    private void load() {
        try {
            signed = headFile.read(signer::key).orElse(null);
        } catch (HeadFile.Unusable unusable) {
            headFault = unusable.what();
            return;
        }
        rebuilding = headFile.rebuilding();
        folder.partitions().forEach(this::open);
        signedChains().keySet().forEach(name -> open(StreamPartition.parse(name)));
    }

    private void open(StreamPartition partition) {
        if (chains.containsKey(partition) || damaged.containsKey(partition)) {
            return;
        }
        ChainHead mark = signedChains().get(partition.toString());
        long signedEntries = mark == null || rebuilding ? 0 : mark.entries();
        try {
            long keep = failed.getOrDefault(partition, Long.MAX_VALUE);
            chains.put(partition, ChainWriter.open(folder, partition, segmentBytes, signedEntries, keep));
            failed.remove(partition);
        } catch (BrokenChain broken) {
            damaged.put(partition, broken.getMessage() == null ? "" : broken.getMessage());
        } catch (IOException unusable) {
            throw unreadable(unusable);
        }
    }

    /** Opens again what a failed write has closed; the log has what was cut off. */
    private void reopen() {
        List.copyOf(failed.keySet()).forEach(this::open);
    }

    private StorageProblem closed(StreamPartition partition, IOException failure) {
        ChainWriter chain = chains.remove(partition);
        if (chain != null) {
            failed.put(partition, chain.synced());
            try {
                chain.abandon();
            } catch (IOException alsoFailed) {
                failure.addSuppressed(alsoFailed);
            }
        }
        return unreadable(failure);
    }

    private Map<String, ChainHead> signedChains() {
        AuditHead head = signed;
        return head == null ? Map.of() : head.chains();
    }

    @Override
    public synchronized Link append(AuditEntry entry) {
        StreamPartition partition = entry.partition();
        ChainWriter chain = writer(partition);
        if (entry.offset() < chain.next()) {
            throw TrustProblem.auditedAlready(entry.reference(), chain.next());
        }
        try {
            Link link = chain.append(entry);
            ChainHead mark = rebuilding ? signedChains().get(partition.toString()) : null;
            if (mark != null && mark.entries() == chain.count() && !mark.equals(chain.head())) {
                throw TrustProblem.otherHead(entry.reference());
            }
            return link;
        } catch (IOException unwritten) {
            throw closed(partition, unwritten);
        }
    }

    private ChainWriter writer(StreamPartition partition) {
        requireSoundHead();
        requireSound(partition);
        open(partition);
        ChainWriter chain = chains.get(partition);
        if (chain == null) {
            throw StorageProblem.corrupt("The audit chain", partition + ", " + damaged.get(partition), ADVICE);
        }
        return chain;
    }

    private void requireSoundHead() {
        if (headFault != null) {
            throw StorageProblem.corrupt("The audit chain", HeadFile.NAME + ", " + headFault, ADVICE);
        }
    }

    private void requireSound(StreamPartition partition) {
        String fault = damaged.get(partition);
        if (fault != null) {
            throw StorageProblem.corrupt("The audit chain", partition + ", " + fault, ADVICE);
        }
    }

    @Override
    public synchronized void sync() {
        reopen();
        for (Map.Entry<StreamPartition, ChainWriter> chain : List.copyOf(chains.entrySet())) {
            try {
                chain.getValue().sync();
            } catch (IOException unsynced) {
                throw closed(chain.getKey(), unsynced);
            }
        }
    }

    @Override
    public synchronized Offsets reached() {
        reopen();
        SortedMap<StreamPartition, Long> next = new TreeMap<>();
        chains.forEach((partition, chain) -> {
            if (chain.count() > 0) {
                next.put(partition, chain.next());
            }
        });
        return new Offsets(next);
    }

    @Override
    public synchronized AuditHead head() {
        requireSoundHead();
        damaged.keySet().forEach(this::requireSound);
        sync();
        AuditHead head = AuditHead.signed(live(), signer);
        if (meets(head)) {
            headFile.write(head);
            signed = head;
            endRebuild();
        }
        return head;
    }

    /** A rebuilt chain that is still behind the signed head does not replace it. */
    private boolean meets(AuditHead head) {
        return signedChains().entrySet().stream().allMatch(mark -> {
            ChainHead now = head.chains().get(mark.getKey());
            return now != null && now.entries() >= mark.getValue().entries();
        });
    }

    private void endRebuild() {
        try {
            headFile.rebuilding(false);
            rebuilding = false;
        } catch (IOException unusable) {
            throw unreadable(unusable);
        }
    }

    private Map<String, ChainHead> live() {
        Map<String, ChainHead> live = new HashMap<>();
        chains.forEach((partition, chain) -> {
            if (chain.count() > 0) {
                live.put(partition.toString(), chain.head());
            }
        });
        return live;
    }

    @Override
    public AuditReport verify(ContentSource source) {
        return verify(source, Optional.empty());
    }

    @Override
    public AuditReport verify(ContentSource source, AuditHead kept) {
        return verify(source, Optional.of(kept));
    }

    private AuditReport verify(ContentSource source, Optional<AuditHead> kept) {
        List<Map<String, ChainHead>> heads = new ArrayList<>();
        Map<StreamPartition, Long> limits = new HashMap<>();
        try {
            headFile.read(signer::key).ifPresent(head -> heads.add(head.chains()));
            if (kept.isPresent()) {
                HeadFile.check(kept.get(), signer::key);
                heads.add(kept.get().chains());
            }
            heads.add(snapshot(limits));
        } catch (HeadFile.Unusable unusable) {
            return AuditVerifier.headFault(unusable.what());
        } catch (IOException unusable) {
            throw unreadable(unusable);
        }
        return new AuditVerifier(folder, source, heads, limits).report();
    }

    private synchronized Map<String, ChainHead> snapshot(Map<StreamPartition, Long> limits) throws IOException {
        reopen();
        for (Map.Entry<StreamPartition, ChainWriter> chain : List.copyOf(chains.entrySet())) {
            try {
                chain.getValue().flush();
            } catch (IOException unwritten) {
                throw closed(chain.getKey(), unwritten);
            }
            limits.put(chain.getKey(), chain.getValue().count());
        }
        return live();
    }

    @Override
    public synchronized void copy(Path target) {
        head();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(root.relativize(file).toString()));
            }
        } catch (IOException failed) {
            throw StorageProblem.unreadable(target.toString(), failed);
        }
    }

    @Override
    public synchronized void rebuild() {
        try {
            closeChains();
            if (headFault != null) {
                headFile.setAside();
                headFault = null;
                signed = null;
            }
            headFile.rebuilding(true);
            rebuilding = true;
            for (StreamPartition partition : folder.partitions()) {
                delete(partition);
            }
            damaged.clear();
            failed.clear();
        } catch (IOException unusable) {
            throw unreadable(unusable);
        }
    }

    private void delete(StreamPartition partition) throws IOException {
        for (Path segment : folder.segments(partition).reversed()) {
            Files.delete(segment);
        }
        DurableFiles.syncFolder(folder.folder(partition));
    }

    private void closeChains() throws IOException {
        for (ChainWriter chain : chains.values()) {
            chain.close();
        }
        chains.clear();
    }

    private StorageProblem unreadable(IOException failed) {
        return StorageProblem.unreadable(root.toString(), failed);
    }

    @Override
    public synchronized void close() {
        sync();
        try {
            closeChains();
        } catch (IOException unusable) {
            throw unreadable(unusable);
        }
    }
}
