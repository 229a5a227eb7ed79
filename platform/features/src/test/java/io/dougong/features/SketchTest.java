package io.dougong.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SketchTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 100, 300, 1_000, 5_000, 20_000, 100_000, 1_000_000})
    void theEstimateIsWithinFourStandardErrors(int values) {
        Sketch sketch = new Sketch();
        for (int i = 0; i < values; i++) {
            sketch.add(Sketch.hash("value " + i));
        }
        double error = Math.max(0.5, 4 * 1.04 / Math.sqrt(Sketch.REGISTERS) * values);
        assertThat(sketch.estimate()).isCloseTo(values, within(error));
    }

    @Test
    void nothingAddedIsZero() {
        assertThat(new Sketch().estimate()).isZero();
    }

    /** Computed apart from this code, from FNV-1a and MurmurHash3's finalizer: stored sketches depend on them. */
    @Test
    void hashesStayAsTheyWere() {
        assertThat(List.of(
                        Sketch.hash(""),
                        Sketch.hash("JFK"),
                        Sketch.hash("北京"),
                        Sketch.hash(0L),
                        Sketch.hash(42L),
                        Sketch.hash(1.5),
                        Sketch.hash(true)))
                .map(Long::toHexString)
                .containsExactly(
                        "efd01f60ba992926",
                        "f4b5b877930f1bfe",
                        "55e40a6e3e81060f",
                        "b456bcfc34c2cb2c",
                        "f53e3d393520b65e",
                        "856ff5c4f4bdae6",
                        "5fdcef4b3d6ad6dc");
    }

    @Test
    void bothZerosAreOneValue() {
        assertThat(Sketch.hash(-0.0)).isEqualTo(Sketch.hash(0.0));
    }

    @Property(tries = 50)
    void anyOrderAndGroupingOfMergesGivesTheSameRegisters(@ForAll long seed) {
        Random random = new Random(seed);
        int count = random.nextInt(4_000);
        List<Long> hashes = new ArrayList<>(random.longs(count).boxed().toList());
        Sketch whole = new Sketch();
        hashes.forEach(whole::add);
        Collections.shuffle(hashes, random);
        Sketch merged = new Sketch();
        for (int from = 0; from < count; ) {
            int to = Math.min(count, from + 1 + random.nextInt(500));
            Sketch part = new Sketch();
            hashes.subList(random.nextInt(from + 1), to).forEach(part::add);
            merged.merge(part);
            from = to;
        }
        assertThat(merged.entries()).isEqualTo(whole.entries());
        assertThat(Sketch.ofEntries(whole.entries()).estimate()).isEqualTo(whole.estimate());
    }
}
