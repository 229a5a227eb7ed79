package io.dougong.trust.embedded;

import io.dougong.kernel.Digest;
import io.dougong.kernel.StorageProblem;
import io.dougong.kernel.StreamPartition;
import io.dougong.trust.AuditHead.ChainHead;
import io.dougong.trust.AuditReport;
import io.dougong.trust.AuditReport.Fault;
import io.dougong.trust.ContentSource;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One verification. A chain must pass through every mark, a place where a head (signed, kept elsewhere, or in memory) says
 * which hash it had, and each record must have the digest that its entry remembers.
 */
final class AuditVerifier {

    private final ChainFolder folder;
    private final ContentSource source;
    private final List<Map<String, ChainHead>> heads;
    private final Map<StreamPartition, Long> limits;
    private final MessageDigest sha256 = Digest.sha256();
    private long entries;
    private long records;

    /**
     * @param heads states that the chains must have had
     * @param limits how many entries to read of a chain that may be growing; the others are read to the end
     */
    AuditVerifier(
            ChainFolder folder,
            ContentSource source,
            List<Map<String, ChainHead>> heads,
            Map<StreamPartition, Long> limits) {
        this.folder = folder;
        this.source = source;
        this.heads = heads;
        this.limits = limits;
    }

    AuditReport report() {
        for (StreamPartition partition : partitions()) {
            Optional<Fault> fault = verify(partition);
            if (fault.isPresent()) {
                return AuditReport.bad(entries, records, fault.get());
            }
        }
        return AuditReport.good(entries, records);
    }

    private SortedSet<StreamPartition> partitions() {
        SortedSet<StreamPartition> partitions = new TreeSet<>(folder.partitions());
        for (Map<String, ChainHead> head : heads) {
            head.keySet().forEach(name -> partitions.add(StreamPartition.parse(name)));
        }
        return partitions;
    }

    private Optional<Fault> verify(StreamPartition partition) {
        List<ChainHead> marks = marks(partition);
        long limit = limits.getOrDefault(partition, Long.MAX_VALUE);
        try (ChainReader reader = ChainReader.whole(folder.segments(partition), ChainFormat.genesis(partition))) {
            return walk(reader, partition, marks, limit);
        } catch (IOException failed) {
            throw StorageProblem.unreadable(folder.folder(partition).toString(), failed);
        }
    }

    private Optional<Fault> walk(ChainReader reader, StreamPartition partition, List<ChainHead> marks, long limit)
            throws IOException {
        int passed = 0;
        long retained = source.retainedFrom(partition);
        try {
            while (reader.count() < limit && reader.advance()) {
                entries++;
                Optional<String> wrong = wrongRecord(reader, partition, retained);
                if (wrong.isPresent()) {
                    return fault(reader.count() - 1, partition, reader.offset(), wrong.get());
                }
                for (; passed < marks.size() && marks.get(passed).entries() == reader.count(); passed++) {
                    if (!HexFormat.of()
                            .formatHex(reader.hash())
                            .equals(marks.get(passed).hash())) {
                        return fault(
                                reader.count() - 1,
                                partition,
                                reader.offset(),
                                "the chain up to here is not the one that was signed");
                    }
                }
            }
        } catch (BrokenChain broken) {
            return broken(broken, partition, reader);
        }
        return passed == marks.size() ? Optional.empty() : missing(reader, partition, marks.getLast());
    }

    private Optional<String> wrongRecord(ChainReader reader, StreamPartition partition, long retained) {
        if (reader.offset() < retained) {
            return Optional.empty();
        }
        Optional<byte[]> content = source.content(partition + "@" + reader.offset());
        if (content.isEmpty()) {
            return Optional.of("the record is not there");
        }
        if (!reader.remembers(sha256.digest(content.get()))) {
            return Optional.of("the record was changed");
        }
        records++;
        return Optional.empty();
    }

    /**
     * A damaged entry may no longer say which record it was of. It does if that record has the digest it remembers; else the one
     * after the last good one is the best guess.
     */
    private Optional<Fault> broken(BrokenChain broken, StreamPartition partition, ChainReader reader) {
        long suspect = reader.suspect();
        boolean confirmed = suspect >= reader.next()
                && source.content(partition + "@" + suspect)
                        .map(sha256::digest)
                        .map(reader::remembers)
                        .orElse(false);
        return fault(broken.sequence(), partition, confirmed ? suspect : reader.next(), broken.what());
    }

    private static Optional<Fault> missing(ChainReader reader, StreamPartition partition, ChainHead mark) {
        String what = "the chain ends after " + reader.count() + " entries; " + mark.entries() + " were written, up to "
                + partition + "@" + (mark.next() - 1);
        return fault(reader.count(), partition, reader.next(), what);
    }

    private static Optional<Fault> fault(long sequence, StreamPartition partition, long offset, String what) {
        return Optional.of(new Fault(sequence, partition + "@" + offset, what));
    }

    /** By place; a mark of no entries says nothing. */
    private List<ChainHead> marks(StreamPartition partition) {
        List<ChainHead> marks = new ArrayList<>();
        for (Map<String, ChainHead> head : heads) {
            ChainHead mark = head.get(partition.toString());
            if (mark != null && mark.entries() > 0) {
                marks.add(mark);
            }
        }
        marks.sort(Comparator.comparingLong(ChainHead::entries));
        return marks;
    }

    static AuditReport headFault(String what) {
        return AuditReport.bad(0, 0, new Fault(-1, HeadFile.NAME, what));
    }
}
