package io.dougong.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/** Blocks of panes are a short cut, never another answer. */
class EntityPanesTest {

    private static final ViewPlan PLAN = new ViewPlan(
            FeatureView.of(
                    "v",
                    "sales",
                    List.of(),
                    List.of(Duration.ofDays(30)),
                    List.of(
                            new Aggregate.StdDev("amount"),
                            new Aggregate.Min("amount"),
                            new Aggregate.Max("items"),
                            new Aggregate.Last("items"),
                            new Aggregate.Distinct("customer"))),
            new FeatureStream(Scene.DERIVATION, Duration.ZERO));

    private static final class Drop {
        private final long pane;
        private final long[] row;
        private final @Nullable Sketch[] sketches;

        Drop(long pane, long[] row, @Nullable Sketch sketch) {
            this.pane = pane;
            this.row = row;
            this.sketches = new @Nullable Sketch[] {sketch};
        }
    }

    @Property(tries = 12)
    void anyRangeOfManyPanesIsTheMergeOfThePanesInAnyOrder(@ForAll long seed) {
        Random random = new Random(seed);
        int span = random.nextBoolean() ? 12_000 : 900;
        List<Drop> drops = new ArrayList<>();
        for (int i = 0; i < 9_000; i++) {
            drops.add(drop(random, random.nextLong(-span / 2, span / 2)));
        }
        EntityPanes entity = new EntityPanes(PLAN, new Object[0], 0);
        drops.forEach(drop -> entity.merge(drop.pane, drop.row, drop.sketches));
        Collections.shuffle(drops, random);
        for (int i = 0; i < 8; i++) {
            long from = random.nextLong(-span, span);
            long to = from + random.nextLong(span);
            Accumulated collected = new Accumulated(PLAN.layout(), 1);
            entity.collect(from, to, collected);
            assertSame(collected, merged(drops, from, to));
        }
    }

    @Property(tries = 12)
    void whatIsDroppedAtTheFrontDoesNotTouchTheRest(@ForAll long seed) {
        Random random = new Random(seed);
        EntityPanes entity = new EntityPanes(PLAN, new Object[0], 0);
        List<Drop> kept = new ArrayList<>();
        for (long pane = 0; pane < 9_000; pane++) {
            Drop drop = drop(random, pane);
            entity.merge(pane, drop.row, drop.sketches);
            entity.dropBefore(pane - 5_000);
            kept.add(drop);
        }
        long from = 4_000 + random.nextLong(4_000);
        Accumulated collected = new Accumulated(PLAN.layout(), 1);
        entity.collect(from, 9_000, collected);
        assertSame(collected, merged(kept, from, 9_000));
        assertThat(entity.minutes().size()).isBetween(5_001, 5_065);
    }

    private static Drop drop(Random random, long pane) {
        long[] row = new long[PLAN.layout().width()];
        PLAN.layout().clear(row, 0);
        row[PLAN.eventsPlace()] = 1;
        row[PLAN.newestPlace()] = pane * Scene.MINUTE + random.nextLong(Scene.MINUTE);
        for (FieldCells cells : PLAN.fieldCells()) {
            long fixed = random.nextBoolean() ? random.nextLong() : random.nextLong(-1000, 1000);
            cells.fill(row, row[PLAN.newestPlace()], fixed, fixed);
        }
        Sketch sketch = new Sketch();
        sketch.add(random.nextLong());
        return new Drop(pane, row, random.nextInt(3) == 0 ? null : sketch);
    }

    private static Accumulated merged(List<Drop> drops, long from, long to) {
        Accumulated merged = new Accumulated(PLAN.layout(), 1);
        for (Drop drop : drops) {
            if (drop.pane >= from && drop.pane <= to) {
                PLAN.layout().merge(merged.cells(), 0, drop.row, 0);
                merged.addSketch(0, drop.sketches[0]);
            }
        }
        return merged;
    }

    private static void assertSame(Accumulated one, Accumulated other) {
        assertThat(one.cells()).isEqualTo(other.cells());
        Sketch mine = one.sketch(0);
        Sketch theirs = other.sketch(0);
        assertThat(mine == null ? new int[0] : mine.entries())
                .isEqualTo(theirs == null ? new int[0] : theirs.entries());
    }
}
