package io.dougong.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dougong.models.Task;
import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FoldsTest {

    @Property
    void everyRowIsInsideOfOneFoldAndOutsideOfTheOthers(
            @ForAll @IntRange(min = 20, max = 300) int rows, @ForAll @IntRange(min = 2, max = 10) int count) {
        Folds folds = Folds.of(Task.REGRESSION, rows, row -> row, count, 7);

        int[] inside = IntStream.range(0, count)
                .flatMap(fold -> Arrays.stream(folds.inside(fold)))
                .sorted()
                .toArray();

        assertThat(inside).isEqualTo(IntStream.range(0, rows).toArray());
        assertThat(folds.inside(0).length + folds.outside(0).length).isEqualTo(rows);
    }

    @Property
    void eachFoldHasItsShareOfEveryClass(
            @ForAll @IntRange(min = 10, max = 60) int positives, @ForAll @IntRange(min = 2, max = 5) int count) {
        Folds folds = Folds.of(Task.BINARY, 500, row -> row < positives ? 1 : 0, count, 3);

        for (int fold = 0; fold < count; fold++) {
            long own = Arrays.stream(folds.inside(fold))
                    .filter(row -> row < positives)
                    .count();
            assertThat(own).isBetween((long) positives / count, (long) positives / count + 1);
        }
    }

    @Test
    void anotherSeedDealsAnew() {
        Folds first = Folds.of(Task.REGRESSION, 100, row -> row, 5, 1);

        assertThat(Folds.of(Task.REGRESSION, 100, row -> row, 5, 1)).isEqualTo(first);
        assertThat(Folds.of(Task.REGRESSION, 100, row -> row, 5, 2)).isNotEqualTo(first);
    }

    @Test
    void oneFoldIsNone() {
        assertThatThrownBy(() -> Folds.of(Task.REGRESSION, 100, row -> row, 1, 1))
                .isInstanceOf(LearnProblem.BadRequest.class);
    }
}
