package io.dougong.trust;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TokenTextTest {

    @Property(tries = 300)
    void everyTokenIsWellFormedAndNoneWithOneCharacterChangedIs(
            @ForAll long seed, @ForAll @IntRange(max = 48) int place, @ForAll @IntRange(min = 1, max = 25) int shift) {
        String token = TokenText.next(new FixedRandom(seed));
        assertThat(token).hasSize(53).startsWith("dgt_");
        assertThat(TokenText.wellFormed(token)).isTrue();
        StringBuilder changed = new StringBuilder(token);
        char old = token.charAt(4 + place);
        char base = Character.isUpperCase(old) ? 'a' : 'A';
        changed.setCharAt(4 + place, (char) (base + shift));
        assertThat(TokenText.wellFormed(changed.toString())).isFalse();
    }

    @Test
    void otherTextsAreNotTokens() {
        assertThat(TokenText.wellFormed("")).isFalse();
        assertThat(TokenText.wellFormed("dgt_")).isFalse();
        assertThat(TokenText.wellFormed("ghp_" + "0".repeat(49))).isFalse();
    }

    /** Written by the first release; scanners know this form. */
    @Test
    void theFormOfVersion1StaysKnown() {
        assertThat(TokenText.wellFormed("dgt_RSypmYy0g7q8Cy3Bix1RNPYPkQZ1YDzTcm0m5cTRwwy2f4iCe"))
                .isTrue();
    }
}
