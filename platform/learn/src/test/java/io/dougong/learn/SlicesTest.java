package io.dougong.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SlicesTest {

    @Test
    void sharesAreOfTheTimeRangeNotOfTheRows() {
        Slices slices = Slices.of(rows(101, 0), new TimeSplit(0.7, 0.2));

        assertThat(slices.train()).containsExactly(IntStream.range(0, 70).toArray());
        assertThat(slices.calibrate()).containsExactly(IntStream.range(70, 90).toArray());
        assertThat(slices.test()).containsExactly(IntStream.range(90, 101).toArray());
        assertThat(slices.embargoed()).isZero();
    }

    @Test
    void rowsWhoseLabelCameAfterTheBoundaryAreInNoSlice() {
        Slices slices = Slices.of(rows(101, 5), new TimeSplit(0.7, 0.2));

        assertThat(slices.train()).containsExactly(IntStream.rangeClosed(0, 65).toArray());
        assertThat(slices.calibrate())
                .containsExactly(IntStream.rangeClosed(70, 85).toArray());
        assertThat(slices.embargoed()).isEqualTo(4 + 4);
    }

    @Property
    void noLabelLeaksOverABoundaryAndNoRowIsInTwoSlices(
            @ForAll @IntRange(min = 1, max = 300) int rows,
            @ForAll @IntRange(min = 0, max = 50) int delay,
            @ForAll @DoubleRange(min = 0.1, max = 0.8) double train,
            @ForAll @DoubleRange(min = 0, max = 0.19) double calibrate) {
        Dataset dataset = rows(rows, delay);
        Slices slices = Slices.of(dataset, new TimeSplit(train, calibrate));

        assertThat(Arrays.stream(slices.train()))
                .allMatch(row -> dataset.knownMicros(row) <= slices.trainUntilMicros());
        assertThat(Arrays.stream(slices.calibrate()))
                .allMatch(row -> dataset.askedMicros(row) >= slices.trainUntilMicros())
                .allMatch(row -> dataset.knownMicros(row) <= slices.calibrateUntilMicros());
        assertThat(Arrays.stream(slices.test()))
                .allMatch(row -> dataset.askedMicros(row) >= slices.calibrateUntilMicros());
        List<Integer> all = new ArrayList<>();
        for (int[] slice : List.of(slices.train(), slices.calibrate(), slices.test())) {
            Arrays.stream(slice).forEach(all::add);
        }
        assertThat(all).doesNotHaveDuplicates().isSorted().hasSize(rows - slices.embargoed());
    }

    @Test
    void historyCutsTheOldestRowsButNeverBeforeTheFirst() {
        TimeSplit split = new TimeSplit(0.7, 0.15, Duration.ofSeconds(10));
        assertThat(split.fromMicros(0, 60_000_000)).isEqualTo(50_000_000);
        assertThat(split.fromMicros(55_000_000, 60_000_000)).isEqualTo(55_000_000);
        assertThat(TimeSplit.DEFAULT.fromMicros(7, 60_000_000)).isEqualTo(7);
        assertThatThrownBy(() -> new TimeSplit(0.7, 0.15, Duration.ZERO)).hasMessageContaining("holds no rows");
    }

    private static Dataset rows(int count, int delaySeconds) {
        Object[][] values = new Object[count][1];
        Arrays.setAll(values, i -> new Object[] {(double) i});
        return Tables.dataset(Tables.numbers(1), values, new boolean[count], delaySeconds);
    }
}
