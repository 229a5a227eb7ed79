package io.dougong.decisions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class DecisionCodecTest {

    @Test
    void whatWasWrittenReadsBackEqual() {
        assertThat(DecisionReader.read(DecisionCodec.bytes(Samples.late()))).isEqualTo(Samples.late());
    }

    @Property
    void everyFiniteMarginKeepsItsBits(@ForAll double margin) {
        Decision back = DecisionReader.read(DecisionCodec.bytes(Samples.late(margin)));
        assertThat(Double.doubleToLongBits(back.score().margin())).isEqualTo(Double.doubleToLongBits(margin));
    }

    @Test
    void aMissingMarginIsNullAndReadsBackAsMissing() {
        byte[] bytes = DecisionCodec.bytes(Samples.late(Double.NaN));
        assertThat(new String(bytes, StandardCharsets.UTF_8)).contains("\"margin\":null");
        assertThat(DecisionReader.read(bytes).score().margin()).isNaN();
    }

    @Test
    void theRecordOfVersion1StaysReadableAndIsWrittenTheSame() throws IOException {
        try (InputStream golden = DecisionCodecTest.class.getResourceAsStream("/golden/decision-v1.json")) {
            assertThat(golden).isNotNull();
            byte[] bytes = golden.readAllBytes();
            assertThat(DecisionReader.read(bytes)).isEqualTo(Samples.late());
            assertThat(DecisionCodec.bytes(Samples.late())).isEqualTo(bytes);
        }
    }

    @Test
    void scoresOfSeveralClassesAndOfNumbersReadBackEqual() {
        for (Decision decision : List.of(Samples.species(), Samples.price())) {
            assertThat(DecisionReader.read(DecisionCodec.bytes(decision))).isEqualTo(decision);
        }
    }

    @Test
    void aNumberWithoutAnIntervalHasNoBounds() {
        Score.Amount alone = Score.Amount.of(1, 2).within(Double.NaN);
        assertThat(alone.low()).isNaN();
        assertThat(alone.within(1.5).high()).isEqualTo(4);
    }

    @Test
    void theRecordsOfVersion2StayReadableAndAreWrittenTheSame() throws IOException {
        try (InputStream golden = DecisionCodecTest.class.getResourceAsStream("/golden/decision-v2.json")) {
            assertThat(golden).isNotNull();
            List<String> lines = new String(golden.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            List<Decision> written = List.of(Samples.species(), Samples.price());
            for (int i = 0; i < written.size(); i++) {
                byte[] bytes = lines.get(i).getBytes(StandardCharsets.UTF_8);
                assertThat(DecisionReader.read(bytes)).isEqualTo(written.get(i));
                assertThat(DecisionCodec.bytes(written.get(i))).isEqualTo(bytes);
            }
        }
    }

    @Test
    void aRecordOfANewerReleaseIsRefusedByVersion() {
        assertThatThrownBy(() -> DecisionReader.read("{\"v\":3}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(DecisionProblem.class)
                .hasMessageContaining("version 3");
    }

    @Test
    void aRecordWithAMissingPartNamesThePart() {
        assertThatThrownBy(() -> DecisionReader.read("{\"v\":1,\"id\":\"x\"}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(DecisionProblem.class)
                .hasMessageContaining("'application' is missing");
    }

    @Test
    void expectedCostsAreKeptAndLeftOutWhereThereAreNone() {
        Decision plain = Samples.late();
        assertThat(new String(DecisionCodec.bytes(plain), java.nio.charset.StandardCharsets.UTF_8))
                .doesNotContain("expectedCosts");
        Decision priced = new Decision(
                plain.id(),
                plain.application(),
                plain.applicationVersion(),
                plain.name(),
                plain.decidedMicros(),
                plain.question(),
                plain.features(),
                plain.model(),
                plain.score(),
                plain.outcome(),
                plain.confidence(),
                plain.reasons(),
                plain.verdicts(),
                plain.shadows(),
                plain.cost(),
                plain.lineage(),
                java.util.Map.of("LATE", 12.5, "ON_TIME", 0.1 + 0.2));
        assertThat(DecisionReader.read(DecisionCodec.bytes(priced))).isEqualTo(priced);
    }
}
