package io.dougong.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dougong.decisions.Confidence;
import io.dougong.decisions.Cost;
import io.dougong.decisions.Decision;
import io.dougong.decisions.FeatureValue;
import io.dougong.decisions.Lineage;
import io.dougong.decisions.ModelRef;
import io.dougong.decisions.Outcome;
import io.dougong.decisions.Question;
import io.dougong.decisions.Route;
import io.dougong.decisions.Score;
import io.dougong.kernel.Digest;
import io.dougong.kernel.Offsets;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SimilarityTest {

    private final Decision low = decision("low", 0.0, "car", 1);
    private final Decision high = decision("high", 100.0, "car", 2);
    private final Decision house = decision("house", 10.0, "house", 3);

    @Test
    void numbersCountByTheirRangeAndTextsByBeingEqual() {
        List<Similarity.Neighbour> near =
                new Similarity(List.of(low, high, house)).nearest(decision("asked", 20.0, "car", 4), 3);
        assertThat(near).extracting(neighbour -> neighbour.decision().id()).containsExactly("low", "high", "house");
        assertThat(near.get(0).distance()).isCloseTo(0.1, within(1e-12));
        assertThat(near.get(1).distance()).isCloseTo(0.4, within(1e-12));
        assertThat(near.get(2).distance()).isCloseTo(0.55, within(1e-12));
    }

    @Test
    void whatOneOfTheTwoMissesIsLeftOut() {
        List<Similarity.Neighbour> near =
                new Similarity(List.of(low, high)).nearest(decision("asked", null, "car", 4), 1);
        assertThat(near.getFirst().distance()).isZero();
        assertThat(near.getFirst().decision().id())
                .as("of equal ones the newest")
                .isEqualTo("high");
    }

    @Test
    void aDecisionIsNotItsOwnNeighbour() {
        assertThat(new Similarity(List.of(low)).nearest(low, 5)).isEmpty();
    }

    private static Decision decision(String id, @Nullable Double amount, String purpose, long at) {
        Digest digest = Digest.of(id.getBytes(StandardCharsets.UTF_8));
        return new Decision(
                id,
                "bank",
                "v",
                "credit",
                at,
                new Question(id, null, at, Map.of()),
                List.of(FeatureValue.asked("amount", amount), FeatureValue.asked("purpose", purpose)),
                new ModelRef("risk", 1, digest, Route.CHAMPION, "jvm"),
                new Score.Binary(0, 0.5),
                Outcome.REVIEW,
                new Confidence(0.5, 0.6, 0.9, 2),
                List.of(),
                List.of(),
                List.of(),
                new Cost(1, 0, 0),
                new Lineage(Offsets.NONE, digest, false));
    }
}
