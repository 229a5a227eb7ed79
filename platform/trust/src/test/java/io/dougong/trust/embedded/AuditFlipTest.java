package io.dougong.trust.embedded;

import static io.dougong.trust.embedded.SampleLog.DECISIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.dougong.trust.AuditReport;
import io.dougong.trust.AuditTrail;
import io.dougong.trust.FixedSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class AuditFlipTest {

    /** Here the process was down when the bit flipped: opening must neither repair nor hide what was signed. */
    @Property(tries = 100)
    void aBitFlippedWhileNobodyLookedIsFoundAfterOpening(
            @ForAll @IntRange(min = 1, max = 40) int entries, @ForAll @IntRange(max = 1_000_000) int seed)
            throws IOException {
        Path folder = Files.createTempDirectory("audit");
        try {
            writeSigned(folder, entries);
            Path segment = pick(folder, seed);
            byte[] bytes = Files.readAllBytes(segment);
            int place = seed % bytes.length;
            ChainBytes.flip(segment, 8L * place + seed % 8);
            try (AuditTrail trail = new FileAuditTrail(folder, new FixedSigner(), 1_500)) {
                AuditReport.Fault fault = trail.verify(new SampleLog()).fault().orElseThrow();
                assertThat(fault.sequence()).isEqualTo(ChainBytes.owner(segment, bytes, place));
                assertThat(fault.reference()).isEqualTo("_decisions/0@" + fault.sequence());
            }
        } finally {
            delete(folder);
        }
    }

    private static void writeSigned(Path folder, int entries) {
        try (AuditTrail trail = new FileAuditTrail(folder, new FixedSigner(), 1_500)) {
            SampleLog.feed(trail, DECISIONS, entries);
            trail.head();
        }
    }

    private static Path pick(Path folder, int seed) {
        var segments = ChainBytes.segments(folder);
        return segments.get(seed % segments.size());
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
