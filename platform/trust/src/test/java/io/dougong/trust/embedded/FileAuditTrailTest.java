package io.dougong.trust.embedded;

import static io.dougong.trust.embedded.SampleLog.DECISIONS;
import static io.dougong.trust.embedded.SampleLog.OTHERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dougong.kernel.Digest;
import io.dougong.kernel.StorageProblem;
import io.dougong.kernel.StreamPartition;
import io.dougong.trust.AuditEntry;
import io.dougong.trust.AuditHead;
import io.dougong.trust.AuditReport;
import io.dougong.trust.AuditTrail;
import io.dougong.trust.ContentSource;
import io.dougong.trust.FixedRandom;
import io.dougong.trust.FixedSigner;
import io.dougong.trust.Link;
import io.dougong.trust.Signer;
import io.dougong.trust.TrustProblem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileAuditTrailTest {

    private static final long SMALL_SEGMENT = 500;

    @TempDir
    Path folder;

    private final SampleLog log = new SampleLog();

    private FileAuditTrail open() {
        return new FileAuditTrail(folder, new FixedSigner(), SMALL_SEGMENT);
    }

    private void written(long entries) {
        try (AuditTrail trail = open()) {
            SampleLog.feed(trail, DECISIONS, entries);
            trail.head();
        }
    }

    private AuditReport verified() {
        try (AuditTrail trail = open()) {
            return trail.verify(log);
        }
    }

    @Test
    void eachEntryIsLinkedToTheOneBefore() {
        try (AuditTrail trail = open()) {
            Link first = trail.append(SampleLog.entry(DECISIONS, 0));
            Link second = trail.append(SampleLog.entry(DECISIONS, 1));
            assertThat(first.previousHash()).isEqualTo(Digest.of("dougong-audit-1\n_decisions/0"));
            assertThat(second).isEqualTo(new Link(1, first.hash(), second.hash()));
        }
    }

    @Test
    void aSoundChainVerifiesAcrossSegmentsAndReopening() {
        written(20);
        written(50);
        AuditReport report = verified();
        assertThat(report).isEqualTo(AuditReport.good(50, 50));
        assertThat(ChainBytes.segments(folder)).hasSizeGreaterThan(3);
    }

    @Test
    void hashesDoNotDependOnHowPartitionsInterleaveNorOnRestarts() throws IOException {
        AuditHead one;
        try (AuditTrail trail = open()) {
            SampleLog.feed(trail, DECISIONS, 30);
            SampleLog.feed(trail, OTHERS, 20);
            one = trail.head();
        }
        Path elsewhere = Files.createDirectory(folder.resolveSibling(folder.getFileName() + "-b"));
        AuditHead other = null;
        for (int step = 1; step <= 10; step++) {
            try (AuditTrail trail = new FileAuditTrail(elsewhere, new FixedSigner(), 5_000)) {
                SampleLog.feed(trail, OTHERS, 2L * step);
                SampleLog.feed(trail, DECISIONS, 3L * step);
                other = trail.head();
            }
        }
        assertThat(other).isEqualTo(one);
    }

    @Test
    void gapsOfRecordsThatAreNotAuditedAreKept() {
        try (AuditTrail trail = open()) {
            trail.append(SampleLog.entry(DECISIONS, 3));
            trail.append(SampleLog.entry(DECISIONS, 9));
            assertThat(trail.reached().of(DECISIONS)).isEqualTo(10);
            assertThat(trail.verify(log)).isEqualTo(AuditReport.good(2, 2));
        }
        try (AuditTrail trail = open()) {
            assertThat(trail.reached().of(DECISIONS)).isEqualTo(10);
        }
    }

    @Test
    void aRecordThatWasAuditedAlreadyIsRefusedAndNamed() {
        try (AuditTrail trail = open()) {
            SampleLog.feed(trail, DECISIONS, 5);
            assertThatThrownBy(() -> trail.append(SampleLog.entry(DECISIONS, 4)))
                    .isInstanceOf(TrustProblem.Refused.class)
                    .hasMessageContaining("_decisions/0@4")
                    .hasMessageContaining("offset 5");
        }
    }

    @Test
    void everySingleBitFlippedInAnyFileIsFoundAndTheEntryNamed() throws IOException {
        try (AuditTrail trail = open()) {
            SampleLog.feed(trail, DECISIONS, 3);
            SampleLog.feed(trail, OTHERS, 1);
            trail.head();
            for (Path file : ChainBytes.files(folder)) {
                byte[] bytes = Files.readAllBytes(file);
                for (long bit = 0; bit < 8L * bytes.length; bit++) {
                    flippedIsFound(trail, file, bytes, bit);
                }
            }
            assertThat(trail.verify(log).ok()).isTrue();
        }
    }

    private void flippedIsFound(AuditTrail trail, Path file, byte[] bytes, long bit) throws IOException {
        ChainBytes.flip(file, bit);
        AuditReport.Fault fault = trail.verify(log).fault().orElseThrow(() -> new AssertionError(file + " bit " + bit));
        if (file.endsWith("HEAD")) {
            assertThat(fault.sequence()).isEqualTo(-1);
        } else {
            long owner = ChainBytes.owner(file, bytes, (int) (bit / 8));
            assertThat(fault.sequence()).isEqualTo(owner);
            assertThat(fault.reference()).isEqualTo(partition(file) + "@" + owner);
        }
        ChainBytes.flip(file, bit);
    }

    private static StreamPartition partition(Path segment) {
        return new StreamPartition(
                "_decisions",
                Integer.parseInt(segment.getName(segment.getNameCount() - 2).toString()));
    }

    @Test
    void aChangedRecordIsNamed() {
        written(12);
        byte[] record = SampleLog.record(DECISIONS, 7);
        for (int bit = 0; bit < record.length * 8; bit++) {
            byte[] changed = record.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            log.change("_decisions/0@7", changed);
            AuditReport.Fault fault = verified().fault().orElseThrow();
            assertThat(fault.sequence()).isEqualTo(7);
            assertThat(fault.reference()).isEqualTo("_decisions/0@7");
            assertThat(fault.what()).contains("record was changed");
        }
    }

    @Test
    void aRecordThatIsGoneIsNamedUnlessItsRetentionIsOver() {
        written(12);
        log.change("_decisions/0@2", new byte[0]);
        assertThat(verified().fault().orElseThrow().reference()).isEqualTo("_decisions/0@2");
        ContentSource shortened = new ContentSource() {
            @Override
            public Optional<byte[]> content(String reference) {
                return log.content(reference);
            }

            @Override
            public long retainedFrom(StreamPartition partition) {
                return 3;
            }
        };
        try (AuditTrail trail = open()) {
            assertThat(trail.verify(shortened)).isEqualTo(AuditReport.good(12, 9));
        }
    }

    @Test
    void aRemovedAnInsertedAndAMovedEntryAreFound() throws IOException {
        written(40);
        Path segment = ChainBytes.segments(folder).get(1);
        byte[] original = Files.readAllBytes(segment);
        long first = ChainBytes.owner(segment, original, 0);
        List<byte[]> frames = ChainBytes.frames(original);

        List<byte[]> removed = new ArrayList<>(frames);
        removed.remove(1);
        List<byte[]> inserted = new ArrayList<>(frames);
        inserted.add(1, frames.get(2));
        List<byte[]> moved = new ArrayList<>(frames);
        Collections.swap(moved, 1, 2);
        for (List<byte[]> forged : List.of(removed, inserted, moved)) {
            ChainBytes.write(segment, forged);
            AuditReport.Fault fault = verified().fault().orElseThrow();
            assertThat(fault.sequence()).isEqualTo(first + 1);
            assertThat(fault.what()).contains("entry " + (first + 2) + " stands in its place");
        }
    }

    @Test
    void aRemovedSegmentIsFound() throws IOException {
        written(40);
        Path segment = ChainBytes.segments(folder).get(1);
        long first = ChainBytes.owner(segment, Files.readAllBytes(segment), 0);
        Files.delete(segment);
        assertThat(verified().fault().orElseThrow().sequence()).isEqualTo(first);
    }

    @Test
    void aTailCutOffAtAnEntryIsFoundByTheSignedHead() throws IOException {
        written(10);
        List<Path> segments = ChainBytes.segments(folder);
        Files.delete(segments.getLast());
        AuditReport.Fault fault = verified().fault().orElseThrow();
        assertThat(fault.what()).contains("10 were written, up to _decisions/0@9");
    }

    @Test
    void aChainRewrittenWithRightHashesIsFoundByTheSignedHead() throws IOException {
        written(10);
        byte[] head = Files.readAllBytes(folder.resolve("HEAD"));
        for (Path file : ChainBytes.files(folder)) {
            Files.delete(file);
        }
        byte[] forged = "a kinder decision".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        try (AuditTrail trail = open()) {
            SampleLog.feed(trail, DECISIONS, 4);
            trail.append(AuditEntry.of("decision", DECISIONS, 4, forged, 0, "token:4"));
            SampleLog.feed(trail, DECISIONS, 10);
        }
        log.change("_decisions/0@4", forged);
        Files.write(folder.resolve("HEAD"), head);
        assertThat(verified().fault().orElseThrow().what()).contains("not the one that was signed");
    }

    @Test
    void chainAndHeadRolledBackTogetherAreFoundByAHeadKeptElsewhere() throws IOException {
        Path older = folder.resolveSibling(folder.getFileName() + "-older");
        written(10);
        ChainBytes.copy(folder, older);
        AuditHead kept;
        try (AuditTrail trail = open()) {
            SampleLog.feed(trail, DECISIONS, 15);
            kept = trail.head();
        }
        try (AuditTrail rolledBack = new FileAuditTrail(older, new FixedSigner(), SMALL_SEGMENT)) {
            assertThat(rolledBack.verify(log).ok()).isTrue();
            AuditReport.Fault fault = rolledBack.verify(log, kept).fault().orElseThrow();
            assertThat(fault.sequence()).isEqualTo(10);
            assertThat(fault.what()).contains("15 were written");
        }
    }

    @Test
    void aHeadThatSomebodyElseSignedIsRefused() {
        written(3);
        try (AuditTrail trail = open()) {
            AuditHead head = trail.head();
            AuditHead forged = new AuditHead(head.v(), head.chains(), head.keyId(), "00".repeat(64));
            assertThat(trail.verify(log, forged).fault().orElseThrow().what()).contains("signature");
        }
    }

    @Test
    void aCopyHoldsWhatWasChainedAndGoesItsOwnWay() throws IOException {
        written(20);
        Path copy = folder.resolveSibling("copy-" + System.nanoTime());
        try (AuditTrail trail = open()) {
            trail.copy(copy);
            SampleLog.feed(trail, DECISIONS, 22);
            OfflineAudit audit = new OfflineAudit(copy, new FixedSigner().keys());
            assertThat(audit.verify(log, List.of())).isEqualTo(AuditReport.good(20, 20));
            Path last = ChainBytes.segments(copy).getLast();
            ChainBytes.flip(last, 8L * Files.size(last) - 1);
            assertThat(audit.verify(log, List.of()).fault().orElseThrow().reference())
                    .isEqualTo("_decisions/0@19");
            assertThat(trail.verify(log).ok()).isTrue();
            assertThatThrownBy(() -> trail.copy(copy)).isInstanceOf(StorageProblem.class);
        }
    }

    @Test
    void anAuditorVerifiesACopyWithThePublicKeyAloneAndChangesNothing() throws IOException {
        written(20);
        try (AuditTrail trail = open()) {
            SampleLog.feed(trail, DECISIONS, 22);
        }
        OfflineAudit audit = new OfflineAudit(folder, new FixedSigner().keys());
        assertThat(audit.verify(log, List.of())).isEqualTo(AuditReport.good(22, 22));
        assertThat(new OfflineAudit(folder, List.of())
                        .verify(log, List.of())
                        .fault()
                        .orElseThrow()
                        .what())
                .contains("signature");
        Path last = ChainBytes.segments(folder).getLast();
        ChainBytes.flip(last, 8L * Files.size(last) - 1);
        byte[] torn = Files.readAllBytes(last);
        assertThat(audit.verify(log, List.of()).fault().orElseThrow().reference())
                .isEqualTo("_decisions/0@21");
        assertThat(Files.readAllBytes(last)).isEqualTo(torn);
    }

    @Test
    void aHeadSignedBeforeAKeyRotationStillHolds() throws IOException {
        Path keys = Files.createDirectory(folder.resolveSibling(folder.getFileName() + "-keys"));
        Signer signer = new FileSigner(keys, new FixedRandom(1));
        try (AuditTrail trail = new FileAuditTrail(folder, signer, SMALL_SEGMENT)) {
            SampleLog.feed(trail, DECISIONS, 5);
            AuditHead old = trail.head();
            signer.rotate();
            assertThat(trail.verify(log, old)).isEqualTo(AuditReport.good(5, 5));
            SampleLog.feed(trail, DECISIONS, 9);
            AuditHead fresh = trail.head();
            assertThat(fresh.keyId()).isNotEqualTo(old.keyId());
            assertThat(trail.verify(log, old)).isEqualTo(AuditReport.good(9, 9));
        }
    }

    @Test
    void aDamagedChainTakesNothingMoreUntilItIsRebuiltAndThenHasTheSameHead() throws IOException {
        written(30);
        byte[] head = Files.readAllBytes(folder.resolve("HEAD"));
        ChainBytes.flip(ChainBytes.segments(folder).getLast(), 8L * (ChainFormat.HEADER_LENGTH + 30));
        try (AuditTrail trail = open()) {
            assertThatThrownBy(() -> trail.append(SampleLog.entry(DECISIONS, 30)))
                    .isInstanceOf(StorageProblem.class)
                    .hasMessageContaining("_decisions/0");
            trail.rebuild();
            SampleLog.feed(trail, DECISIONS, 10);
            assertThat(trail.head().chains().values())
                    .extracting(AuditHead.ChainHead::entries)
                    .containsExactly(10L);
            assertThat(Files.readAllBytes(folder.resolve("HEAD"))).isEqualTo(head);
        }
        try (AuditTrail trail = open()) {
            assertThat(trail.reached().of(DECISIONS)).isEqualTo(10);
            SampleLog.feed(trail, DECISIONS, 30);
            trail.head();
            assertThat(trail.verify(log)).isEqualTo(AuditReport.good(30, 30));
        }
        assertThat(Files.readAllBytes(folder.resolve("HEAD"))).isEqualTo(head);
    }

    @Test
    void aChainRebuiltFromAnotherLogDoesNotMeetTheSignedHead() {
        written(10);
        try (AuditTrail trail = open()) {
            trail.rebuild();
            trail.append(AuditEntry.of("decision", DECISIONS, 0, new byte[] {1}, 0, "token:0"));
            SampleLog.feed(trail, DECISIONS, 9);
            assertThatThrownBy(() -> trail.append(SampleLog.entry(DECISIONS, 9)))
                    .isInstanceOf(TrustProblem.Refused.class)
                    .hasMessageContaining("does not meet the signed head");
        }
    }

    @Test
    void anUnsignedTailTornByACrashIsCutAndDerivedAgain() throws IOException {
        written(5);
        try (AuditTrail trail = open()) {
            SampleLog.feed(trail, DECISIONS, 8);
        }
        Path last = ChainBytes.segments(folder).getLast();
        byte[] whole = Files.readAllBytes(last);
        for (int length = whole.length - 1; length > whole.length - 150; length--) {
            Files.write(last, Arrays.copyOf(whole, length));
            try (AuditTrail trail = open()) {
                assertThat(trail.reached().of(DECISIONS)).isBetween(5L, 7L);
                SampleLog.feed(trail, DECISIONS, 8);
                assertThat(trail.verify(log)).isEqualTo(AuditReport.good(8, 8));
            }
            assertThat(Files.readAllBytes(last)).isEqualTo(whole);
        }
    }

    @Test
    void garbageThatAPowerCutLeftBehindTheLastEntryIsCutOff() throws IOException {
        written(8);
        Path last = ChainBytes.segments(folder).getLast();
        byte[] whole = Files.readAllBytes(last);
        Files.write(last, Arrays.copyOf(whole, whole.length + 5_000));
        try (AuditTrail trail = open()) {
            assertThat(trail.reached().of(DECISIONS)).isEqualTo(8);
        }
        assertThat(Files.readAllBytes(last)).isEqualTo(whole);
    }

    @Test
    void verifyingWhileOthersAppendSeesAWholePrefix() throws Exception {
        try (AuditTrail trail = open()) {
            Thread feeder = Thread.ofPlatform().start(() -> SampleLog.feed(trail, DECISIONS, 1_000));
            while (feeder.isAlive()) {
                assertThat(trail.verify(log).fault()).isEmpty();
            }
            feeder.join();
            assertThat(trail.verify(log).entries()).isEqualTo(1_000);
        }
    }

    @Test
    void theFilesOfVersion1StayReadableAndAreWrittenTheSame() throws IOException {
        written(3);
        Path segment = ChainBytes.segments(folder).getFirst();
        assertThat(Files.readAllBytes(segment)).isEqualTo(golden("chain-v1.bin"));
        assertThat(Files.readAllBytes(folder.resolve("HEAD"))).isEqualTo(golden("head-v1.json"));
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream golden = FileAuditTrailTest.class.getResourceAsStream("/golden/" + name)) {
            assertThat(golden).isNotNull();
            return golden.readAllBytes();
        }
    }
}
