package io.dougong.decisions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dougong.kernel.InvalidValue;
import io.dougong.kernel.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TruthTest {

    private static final Score CLASSES = new Score.Classes("a", 1, Map.of("a", 0.6, "b", 0.4));
    private static final Score AMOUNT = new Score.Amount(10, 1, 8, 12);

    @Test
    void theTruthFavoursAScoreThatPointedThere() {
        assertThat(new Truth.Flag(true).favours(new Score.Binary(-3, 0.05))).isTrue();
        assertThat(new Truth.Named("a").favours(CLASSES)).isTrue();
        assertThat(new Truth.Named("b").favours(CLASSES)).isFalse();
        assertThat(new Truth.Amount(12).favours(AMOUNT)).isTrue();
        assertThat(new Truth.Amount(12.001).favours(AMOUNT)).isFalse();
        assertThat(new Truth.Flag(true).favours(AMOUNT)).isFalse();
    }

    @Test
    void aScalarMakesATruthAndComesBack() {
        for (Object scalar : List.<Object>of(true, "Adelie", 2.5)) {
            assertThat(Truth.of(scalar).scalar()).isEqualTo(scalar);
        }
        assertThat(Truth.of(3L)).isEqualTo(new Truth.Amount(3));
        assertThatThrownBy(() -> Truth.of(List.of())).isInstanceOf(InvalidValue.class);
    }

    /** As the first release wrote it. */
    @Test
    void feedbackWithoutATruthOfItsOwnIsOfTwoClasses() {
        String old = "{\"decisionId\":\"d\",\"knownMicros\":5,\"label\":true,\"outcome\":\"LATE\",\"probability\":0.5,"
                + "\"route\":\"CHAMPION\",\"source\":\"me\",\"threshold\":0.6}";
        Feedback read = Json.read(old.getBytes(StandardCharsets.UTF_8), Feedback.class);
        assertThat(read.known()).isEqualTo(new Truth.Flag(true));
        assertThat(new String(Json.bytes(read), StandardCharsets.UTF_8)).isEqualTo(old);
    }

    @Test
    void feedbackKeepsTheClassAndTheNumber() {
        for (Object truth : List.<Object>of("Adelie", 2.5)) {
            Feedback given = new Feedback("d", false, 5, "me", 0.5, null, "Gentoo", Route.CHAMPION, null, truth);
            assertThat(Json.read(Json.bytes(given), Feedback.class).known()).isEqualTo(Truth.of(truth));
        }
    }
}
