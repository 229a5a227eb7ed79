package io.dougong.features.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dougong.features.Aggregate;
import io.dougong.features.Applied;
import io.dougong.features.EntityState;
import io.dougong.features.FeatureDefinitions;
import io.dougong.features.FeatureEvent;
import io.dougong.features.FeatureProblem;
import io.dougong.features.FeatureStore;
import io.dougong.features.FeatureStream;
import io.dougong.features.FeatureVector;
import io.dougong.features.FeatureView;
import io.dougong.features.MemoryFeatureStore;
import io.dougong.features.Scene;
import io.dougong.kernel.Offsets;
import io.dougong.kernel.Row;
import io.dougong.kernel.StorageProblem;
import io.dougong.kernel.StreamPartition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedFeatureStoreTest {

    private static final int EVENTS = 600;

    @Property(tries = 15)
    void aRestartAtAnyPointThenReplayEqualsNoRestart(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        List<FeatureEvent> events = Scene.events(random, EVENTS);
        Path folder = Files.createTempDirectory("features");
        try {
            int at = 0;
            for (int round = 0; round < 4; round++) {
                try (FeatureStore store = open(folder)) {
                    at = replayFrom(events, store.applied());
                    int until = round == 3 ? EVENTS : Math.min(EVENTS, at + random.nextInt(EVENTS / 2));
                    for (; at < until; at++) {
                        feed(store, events.get(at));
                        if (random.nextInt(60) == 0) {
                            store.checkpoint();
                        }
                    }
                    assertSameAsWithoutRestart(store, events.subList(0, at), random);
                }
            }
        } finally {
            delete(folder);
        }
    }

    /** The first event in order of arrival that the offsets do not cover. */
    private static int replayFrom(List<FeatureEvent> events, Offsets applied) {
        for (int i = 0; i < events.size(); i++) {
            FeatureEvent event = events.get(i);
            if (event.offset() >= applied.of(new StreamPartition("sales", event.partition()))) {
                return i;
            }
        }
        return events.size();
    }

    private static void assertSameAsWithoutRestart(FeatureStore store, List<FeatureEvent> seen, Random random) {
        FeatureStore whole = new MemoryFeatureStore();
        whole.define(Scene.DEFINITIONS);
        seen.forEach(event -> feed(whole, event));
        for (int i = 0; i < 10 && !seen.isEmpty(); i++) {
            Row asking = Scene.row(random);
            long at = Scene.newest(seen) + random.nextLong(-200 * Scene.MINUTE, 200 * Scene.MINUTE);
            FeatureVector got = store.read(Scene.QUERY, asking, at);
            FeatureVector expected = whole.read(Scene.QUERY, asking, at);
            assertThat(got.values()).isEqualTo(expected.values());
            assertThat(got.ageMicros()).isEqualTo(expected.ageMicros());
            assertThat(got.offsets()).isEqualTo(expected.offsets());
        }
    }

    private static FeatureStore open(Path folder) {
        FeatureStore store = EmbeddedFeatureStore.open(folder);
        store.define(Scene.DEFINITIONS);
        return store;
    }

    private static Applied feed(FeatureStore store, FeatureEvent event) {
        return store.apply(event.stream(), event.partition(), event.offset(), event.timeMicros(), event.row());
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            });
        }
    }

    @Test
    void whatWasNotCheckpointedIsFedAgain(@TempDir Path folder) {
        List<FeatureEvent> events = Scene.events(new Random(1), 100);
        try (FeatureStore store = open(folder)) {
            events.subList(0, 40).forEach(event -> feed(store, event));
            store.checkpoint();
            events.subList(40, 80).forEach(event -> feed(store, event));
        }
        try (FeatureStore store = open(folder)) {
            assertThat(replayFrom(events, store.applied())).isEqualTo(40);
            assertThat(feed(store, events.get(39))).isEqualTo(Applied.REPEATED);
            assertThat(feed(store, events.get(40))).isNotEqualTo(Applied.REPEATED);
        }
    }

    @Test
    void aNewOrChangedViewStartsEmptyAndTheOthersKeepTheirState(@TempDir Path folder) {
        List<FeatureEvent> events = Scene.events(new Random(2), 200);
        FeatureView shops = Scene.VIEWS.getFirst();
        FeatureView places = FeatureView.of(
                "by_place", "sales", List.of("place"), List.of(Duration.ofHours(1)), List.of(new Aggregate.Count()));
        try (FeatureStore store = open(folder)) {
            events.forEach(event -> feed(store, event));
            store.checkpoint();
            Offsets before = store.applied();
            store.define(definitions(shops, places));
            assertThat(store.applied().covers(before)).isFalse();
            events.forEach(event -> feed(store, event));
            assertThat(store.applied()).isEqualTo(before);
            store.checkpoint();
        }
        try (FeatureStore store = EmbeddedFeatureStore.open(folder)) {
            FeatureDefinitions both = store.define(definitions(shops, places));
            FeatureStore whole = new MemoryFeatureStore();
            whole.define(both);
            events.forEach(event -> feed(whole, event));
            Row asking = Scene.row(new Random(3));
            long at = Scene.newest(events) + 5 * Scene.MINUTE;
            var query = both.query(List.of("by_shop.*", "by_place.*"), Scene.ASKING);
            assertThat(store.read(query, asking, at).values())
                    .isEqualTo(whole.read(query, asking, at).values());
            store.define(definitions(shops));
            assertThat(store.features()).extracting("view").containsOnly("by_shop");
        }
        try (FeatureStore store = open(folder)) {
            assertThat(store.applied().of(new StreamPartition("sales", 0))).isZero();
        }
    }

    private static FeatureDefinitions definitions(FeatureView... views) {
        return FeatureDefinitions.of(
                List.of(views), Map.of("sales", new FeatureStream(Scene.DERIVATION, Scene.LATENESS)));
    }

    @Test
    void idleEntitiesAreForgottenInMemoryAndInStorage(@TempDir Path folder) {
        FeatureView places = FeatureView.of(
                "by_customer",
                "sales",
                List.of("customer"),
                List.of(Duration.ofHours(1)),
                List.of(new Aggregate.Count(), new Aggregate.Distinct("shop")));
        try (FeatureStore store = EmbeddedFeatureStore.open(folder)) {
            store.define(definitions(places));
            for (int i = 0; i < 5_000; i++) {
                sell(store, i, i * 10L * Scene.MINUTE, "customer" + i);
                if (i % 100 == 0) {
                    store.checkpoint();
                }
            }
            assertThat(store.features().getFirst().entities()).isLessThan(60);
            store.checkpoint();
        }
        try (FeatureStore store = EmbeddedFeatureStore.open(folder)) {
            store.define(definitions(places));
            assertThat(store.features().getFirst().entities()).isBetween(1, 60);
            assertThat(store.show("by_customer", List.of("customer10"), 0)).isNull();
            EntityState last =
                    Objects.requireNonNull(store.show("by_customer", List.of("customer4999"), 49_991 * Scene.MINUTE));
            assertThat(last.panes()).isEqualTo(1);
            assertThat(last.values())
                    .isEqualTo(Map.of("by_customer.count_1h", 1.0, "by_customer.distinct_shop_1h", 1.0));
        }
    }

    private static Applied sell(FeatureStore store, long offset, long time, String customer) {
        return store.apply("sales", 0, offset, time, Row.of(Scene.SALES, "shop", 1L, 5.0, 1L, true, customer));
    }

    @Test
    void aViewThatIsFullTakesNoNewEntityAndSaysSo(@TempDir Path folder) {
        FeatureView customers = FeatureView.of(
                "by_customer",
                "sales",
                List.of("customer"),
                List.of(Duration.ofHours(1)),
                List.of(new Aggregate.Count()));
        try (FeatureStore store = EmbeddedFeatureStore.open(folder, 3)) {
            store.define(definitions(customers));
            List<Applied> outcomes = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                outcomes.add(sell(store, i, 0, "customer" + i));
            }
            outcomes.add(sell(store, 4, 0, "customer0"));
            assertThat(outcomes)
                    .containsExactly(Applied.TAKEN, Applied.TAKEN, Applied.TAKEN, Applied.FULL, Applied.TAKEN);
        }
    }

    @Test
    void anyTextMayBeAnEntity(@TempDir Path folder) {
        FeatureView customers = FeatureView.of(
                "by_customer",
                "sales",
                List.of("customer"),
                List.of(Duration.ofHours(1)),
                List.of(new Aggregate.Count()));
        List<String> texts = List.of("", "half a pair: \ud83d", "北京", "long".repeat(50_000));
        try (FeatureStore store = EmbeddedFeatureStore.open(folder)) {
            store.define(definitions(customers));
            for (int i = 0; i < texts.size(); i++) {
                sell(store, i, 0, texts.get(i));
            }
            store.checkpoint();
        }
        try (FeatureStore store = EmbeddedFeatureStore.open(folder)) {
            store.define(definitions(customers));
            for (String text : texts) {
                EntityState state = store.show("by_customer", List.of(text), Scene.MINUTE);
                assertThat(state).extracting("values").isEqualTo(Map.of("by_customer.count_1h", 1.0));
            }
        }
    }

    @Test
    void anUnfitEventChangesNothingButTheOffset(@TempDir Path folder) {
        try (FeatureStore store = open(folder)) {
            Row huge = Row.of(Scene.SALES, "shop", 1L, 1e15, 1L, true, "c");
            assertThat(store.apply("sales", 0, 0, 0, huge)).isEqualTo(Applied.UNFIT);
            assertThat(store.apply("sales", 0, 0, 0, huge)).isEqualTo(Applied.REPEATED);
            assertThat(store.features()).allMatch(info -> info.entities() == 0);
        }
    }

    @Test
    void theFolderBelongsToOneStoreAndAClosedStoreWritesNothing(@TempDir Path folder) {
        FeatureStore store = open(folder);
        assertThatThrownBy(() -> open(folder))
                .isInstanceOf(StorageProblem.class)
                .extracting("code")
                .isEqualTo("home-locked");
        store.close();
        store.close();
        assertThatThrownBy(store::checkpoint).isInstanceOf(FeatureProblem.Closed.class);
    }
}
