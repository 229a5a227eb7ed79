package io.dougong.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StateCodecTest {

    private static final ViewPlan PLAN = new ViewPlan(
            FeatureView.of(
                    "v",
                    "sales",
                    List.of("shop", "till"),
                    List.of(Duration.ofHours(1)),
                    List.of(new Aggregate.Sum("amount"), new Aggregate.Distinct("shop"))),
            FeatureStream.of(Scene.DERIVATION));

    private static EntityPanes entity() {
        EntityPanes entity = new EntityPanes(PLAN, new Object[] {"京", 7L}, 0);
        long[] row = new long[PLAN.layout().width()];
        PLAN.layout().clear(row, 0);
        row[PLAN.eventsPlace()] = 1;
        row[PLAN.newestPlace()] = 60_000_001;
        PLAN.fieldCells().getFirst().fill(row, 60_000_001, -2, 0);
        entity.merge(1, row, new @Nullable Sketch[1]);
        entity.addHash(1, 0, Sketch.hash("京"));
        return entity;
    }

    /** Worked out by hand from the layout: pane, count, sum (two words), newest; then one sketch of one entry. */
    @Test
    void format1IsTheseBytes() {
        Sketch sketch = Objects.requireNonNull(entity().minutes().sketch(0, 0));
        String entry = HexFormat.of().toHexDigits(sketch.entries()[0]);
        assertThat(HexFormat.of().formatHex(StateCodec.entity(entity().key())))
                .isEqualTo("53" + "00000001" + "4eac" + "4c" + "0000000000000007");
        assertThat(HexFormat.of().formatHex(StateCodec.rows(entity().minutes(), 0, 1, PLAN)))
                .isEqualTo("00000001" + "0000000000000001" + "0000000000000001" + "fffffffffffffffe"
                        + "ffffffffffffffff" + "0000000003938701" + "00000001" + entry);
    }

    @Test
    void whatWasWrittenIsReadBack() {
        byte[] rows = StateCodec.rows(entity().minutes(), 0, 1, PLAN);
        Object[] key = StateCodec.key(StateCodec.entity(entity().key()), 2);
        EntityPanes back = new EntityPanes(PLAN, key, 0);
        StateCodec.readRows(rows, PLAN, back);
        assertThat(back.key()).containsExactly("京", 7L);
        assertThat(back.newestMicros()).isEqualTo(60_000_001);
        assertThat(StateCodec.rows(back.minutes(), 0, 1, PLAN)).isEqualTo(rows);
    }

    @Test
    void damageIsToldNotGuessedAt() {
        byte[] rows = StateCodec.rows(entity().minutes(), 0, 1, PLAN);
        byte[] cut = Arrays.copyOf(rows, rows.length - 3);
        EntityPanes back = new EntityPanes(PLAN, new Object[0], 0);
        assertThatThrownBy(() -> StateCodec.readRows(cut, PLAN, back)).isInstanceOf(FeatureProblem.StateFailed.class);
        assertThatThrownBy(() -> StateCodec.key(new byte[] {'S', 0x7f, 0, 0, 0}, 1))
                .isInstanceOf(FeatureProblem.StateFailed.class);
    }
}
