package io.dougong.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

class TimesTest {

    @Property(tries = 3_000)
    void aTimeIsReadAsTheLibraryReadsIt(@ForAll("times") String text) {
        assertThat(read(text)).as(text).isEqualTo(general(text));
    }

    @Property(tries = 3_000)
    void whatIsNoTimeIsRefusedAsTheLibraryDoes(@ForAll("times") String text, @ForAll int place, @ForAll char other) {
        char[] letters = text.toCharArray();
        letters[Math.floorMod(place, letters.length)] = other;
        String changed = new String(letters);
        assertThat(read(changed)).as(changed).isEqualTo(general(changed));
    }

    private static @Nullable Long read(String text) {
        try {
            return Times.parse(text);
        } catch (DateTimeException refused) {
            return null;
        }
    }

    private static @Nullable Long general(String text) {
        try {
            return Times.micros(
                    text.endsWith("Z")
                            ? Instant.parse(text)
                            : OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException refused) {
            return null;
        }
    }

    /** Right and nearly right ones: no 30 February, minute 60, hour 24, leap second. */
    @Provide
    Arbitrary<String> times() {
        Arbitrary<String> zone = Arbitraries.of("Z", "Z", "Z", "+02:00", ".5Z", ".123456789Z", "z", "");
        return Combinators.combine(
                        Arbitraries.integers().between(0, 9999),
                        Arbitraries.integers().between(0, 13),
                        Arbitraries.integers().between(0, 32),
                        Arbitraries.integers().between(0, 25),
                        Arbitraries.integers().between(0, 61),
                        Arbitraries.integers().between(0, 61),
                        zone)
                .as("%04d-%02d-%02dT%02d:%02d:%02d%s"::formatted);
    }
}
