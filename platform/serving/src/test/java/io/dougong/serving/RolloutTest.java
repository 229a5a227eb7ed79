package io.dougong.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dougong.decisions.Route;
import io.dougong.features.MemoryFeatureStore;
import io.dougong.kernel.Field;
import io.dougong.kernel.FieldType;
import io.dougong.kernel.Schema;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RolloutTest {

    private static final int KEYS = 20_000;
    private static final ScoreCache NONE = new ScoreCache(0);

    private final Gathering gathering = new Gathering(
            new MemoryFeatureStore(),
            Schema.of(
                    Field.optional("debt", FieldType.NUMBER),
                    Field.optional("income", FieldType.NUMBER),
                    Field.optional("purpose", FieldType.STRING)),
            Loans.NAMES);

    @Test
    void withoutOthersTheChampionAnswersEverybody() {
        Rollout alone = rollout("a", 0, 0);
        assertThat(share(alone, Route.CHAMPION)).isEqualTo(1.0);
    }

    @Test
    void eachVersionGetsAboutItsShare() {
        Rollout split = rollout("a", 0.3, 0.1);
        assertThat(share(split, Route.CHALLENGER)).isBetween(0.28, 0.32);
        assertThat(share(split, Route.CANARY)).isBetween(0.09, 0.11);
    }

    @Test
    void aGrowingCanaryKeepsTheKeysItHad() {
        Rollout small = rollout("a", 0, 0.1);
        Rollout large = rollout("a", 0, 0.4);
        for (int key = 0; key < KEYS; key++) {
            if (route(small, key) == Route.CANARY) {
                assertThat(route(large, key)).isEqualTo(Route.CANARY);
            }
        }
    }

    @Test
    void anotherSaltDrawsOtherKeys() {
        Rollout one = rollout("a", 0, 0.5);
        Rollout other = rollout("b", 0, 0.5);
        long same = IntStream.range(0, KEYS)
                .filter(key -> route(one, key) == route(other, key))
                .count();
        assertThat(same / (double) KEYS).isBetween(0.47, 0.53);
    }

    @Test
    void sharesBeyondTheWholeAreRefused() {
        assertThatThrownBy(() -> rollout("a", 0.7, 0.4)).hasMessageContaining("more than 1");
    }

    private Rollout rollout(String salt, double challenger, double canary) {
        return new Rollout(
                salt,
                gathering,
                Loans.arm(Route.CHAMPION, 2, NONE),
                traffic(Route.CHALLENGER, 3, challenger),
                traffic(Route.CANARY, 4, canary),
                List.of());
    }

    private static Optional<Rollout.Traffic> traffic(Route route, double weight, double share) {
        return share == 0 ? Optional.empty() : Optional.of(new Rollout.Traffic(Loans.arm(route, weight, NONE), share));
    }

    private static Route route(Rollout rollout, int key) {
        return rollout.arm("key-" + key).reference().route();
    }

    private static double share(Rollout rollout, Route route) {
        return IntStream.range(0, KEYS)
                        .filter(key -> route(rollout, key) == route)
                        .count()
                / (double) KEYS;
    }
}
