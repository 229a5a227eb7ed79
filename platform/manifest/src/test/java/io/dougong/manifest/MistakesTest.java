package io.dougong.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dougong.documents.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a person reads who has made a mistake. */
class MistakesTest {

    /** One text of the payments manifest replaced by another, and what is said about it. */
    record Mistake(String replace, String by, List<String> messages) {

        static Mistake of(String block) {
            List<String> lines = block.lines().toList();
            return new Mistake(
                    lines.get(0).substring("replace: ".length()).replace("\\n", "\n"),
                    lines.get(1).substring("by: ".length()).replace("\\n", "\n"),
                    lines.subList(2, lines.size()));
        }
    }

    static Stream<Mistake> mistakes() throws IOException {
        try (InputStream in = MistakesTest.class.getResourceAsStream("mistakes.txt")) {
            String all = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(all.split("\n\n")).map(Mistake::of);
        }
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aTypicalMistakeIsNamedWithItsPlaceAndAdvice(Mistake mistake) {
        String yaml = Samples.payments(mistake.replace(), mistake.by());
        assertThat(Samples.faults(yaml)).extracting(Fault::text).isEqualTo(mistake.messages());
    }

    @Test
    void theSampleItselfHasNoMistake() {
        assertThat(Samples.faults(Samples.payments())).isEmpty();
    }

    @Test
    void allMistakesOfAFileAreReportedTogetherInTheOrderOfTheFile() {
        String yaml = Samples.payments("lateness: 5m", "lateness: soon")
                .replace("- { mean: amount }", "- { meen: amount }")
                .replace("gates: [{ auc", "gates: [{ auk")
                .replace("model: fraud\n", "model: freud\n");
        assertThat(Samples.faults(yaml))
                .extracting(Fault::path)
                .containsExactly(
                        "streams.payments.lateness",
                        "features.card_payments.aggregates[2].meen",
                        "models.fraud.gates[0].auk",
                        "decisions.hold.model");
    }

    @Test
    void aMistakeIsReportedOnceAndNotAgainWhereTheFaultyPartIsUsed() {
        String yaml = Samples.payments("amount: { type: number, min: 0 }", "amuont: { type: number, min: zero }");
        assertThat(Samples.faults(yaml)).extracting(Fault::path).containsExactly("streams.payments.fields.amuont.min");
    }

    @Test
    void wordsOfOldYamlAreTexts() {
        Application application =
                Samples.read(Samples.payments("allowed: [CH, DE, FR]", "allowed: [no, on, yes, off]"));
        assertThat(application.stream("payments")
                        .orElseThrow()
                        .definition()
                        .schema()
                        .field("country")
                        .allowed())
                .containsExactly("no", "on", "yes", "off");
    }

    @Test
    void anAliasStandsForWhatItsAnchorNamed() {
        String yaml = Samples.payments("allowed: [CH, DE, FR]", "allowed: &known [CH, DE]")
                .replace(
                        "      online: boolean",
                        "      online: boolean\n      origin: { type: string, allowed: *known }");
        assertThat(Samples.read(yaml).stream("payments")
                        .orElseThrow()
                        .definition()
                        .schema()
                        .field("origin")
                        .allowed())
                .containsExactly("CH", "DE");
    }

    @Test
    void aliasesThatMultiplyAreRefusedWithoutBeingSpelledOut() {
        StringBuilder yaml = new StringBuilder("application: bomb\na0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            String alias = "*a" + (i - 1);
            yaml.append("a%d: &a%d [%s]\n".formatted(i, i, String.join(", ", java.util.Collections.nCopies(9, alias))));
        }
        assertThat(Samples.faults(yaml.toString())).isNotEmpty();
    }

    @Test
    void anAliasWithinItsOwnAnchorIsRefused() {
        assertThat(Samples.faults("application: &a { x: *a }")).isNotEmpty();
    }

    @Test
    void deepNestingIsRefused() {
        assertThat(Samples.faults("application: " + "[".repeat(5000) + "]".repeat(5000)))
                .isNotEmpty();
    }

    @Test
    void aFileThatIsTooLargeIsRefused() {
        assertThat(Samples.faults("# " + "x".repeat(2_000_000)))
                .singleElement()
                .extracting(Fault::message)
                .asString()
                .contains("more than 1048576");
    }

    @Test
    void bytesThatAreNotUtf8AreFoundWhereTheyStand() {
        byte[] yaml = "application: a\nstreams: \u00e9".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> Manifest.read(yaml))
                .isInstanceOfSatisfying(
                        ManifestProblem.class,
                        problem -> assertThat(problem.faults())
                                .containsExactly(new Fault(
                                        2, 10, "", "The bytes here are not UTF-8.", "Save the file as UTF-8.")));
    }

    @Test
    void anUnprintableCharacterIsFoundWhereItStands() {
        assertThat(Samples.faults("application: a\n# \uD83D\uDE00 \u0007"))
                .containsExactly(new Fault(2, 5, "", "The character U+0007 is not allowed in YAML.", ""));
    }

    @Test
    void anEmptyFileSaysHowToStart() {
        assertThat(Samples.faults("# nothing\n"))
                .containsExactly(new Fault(1, 1, "", "The manifest is empty.", "Start with 'application: <name>'."));
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> Manifest.read(Path.of("no-such.yaml")))
                .isInstanceOf(ManifestProblem.Missing.class)
                .hasMessageContaining("no-such.yaml");
    }

    @Test
    void theProblemSaysEverythingInOneMessage() {
        assertThatThrownBy(() -> Samples.read(Samples.payments("key: id", "key: idd")))
                .hasMessage(
                        "The manifest has a mistake:\n  8:10 streams.payments.key: There is no field 'idd' here. Did you mean 'id'?");
    }
}
