package io.dougong.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the bytes are: an application, or a list of mistakes with places. */
class FuzzTest {

    /** Some bytes of the sample replaced by others. */
    record Splice(int at, int removed, String inserted) {

        String apply(String text) {
            int start = at % text.length();
            int end = Math.min(text.length(), start + removed);
            return text.substring(0, start) + inserted + text.substring(end);
        }
    }

    @Property(tries = 500)
    void anyBytesAreReadOrRefusedWithPlaces(@ForAll byte[] bytes) {
        readOrRefuse(bytes);
    }

    @Property(tries = 500)
    void anyTextIsReadOrRefusedWithPlaces(@ForAll String text) {
        readOrRefuse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Property(tries = 700)
    void aSplicedManifestIsReadOrRefusedWithPlaces(@ForAll("splices") List<Splice> splices) {
        String yaml = Samples.payments();
        for (Splice splice : splices) {
            yaml = splice.apply(yaml);
        }
        readOrRefuse(yaml.getBytes(StandardCharsets.UTF_8));
    }

    private static void readOrRefuse(byte[] yaml) {
        try {
            assertThat(Manifest.check(Manifest.read(yaml))).isEmpty();
        } catch (ManifestProblem problem) {
            assertThat(problem.faults()).isNotEmpty().allSatisfy(fault -> {
                assertThat(fault.line()).isPositive();
                assertThat(fault.column()).isPositive();
                assertThat(fault.message()).isNotBlank();
            });
        } catch (RuntimeException other) {
            fail("Neither read nor refused", other);
        }
    }

    @Provide
    Arbitrary<List<Splice>> splices() {
        Arbitrary<String> inserted = Arbitraries.oneOf(
                Arbitraries.strings()
                        .withChars("{}[]:,-*&!|>'\"%@`#? \n\t<=~a0.")
                        .ofMaxLength(4),
                Arbitraries.of(
                        "null",
                        "true",
                        "1e999",
                        "!!int ",
                        "&a ",
                        "*a",
                        "<<: ",
                        "? ",
                        "---\n",
                        "...\n",
                        "\u0085",
                        "\uFEFF",
                        "99999999999999999999",
                        "0x1F",
                        ".nan",
                        "|\n",
                        "\\"));
        return Combinators.combine(
                        Arbitraries.integers().between(0, 100_000),
                        Arbitraries.integers().between(0, 12),
                        inserted)
                .as(Splice::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3);
    }
}
