package io.dougong.learn;

import io.dougong.models.Task;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Rows dealt to folds of nearly equal size by seed; of classes each fold gets its share of every class (stratified cross-validation,
 * Kohavi, IJCAI 1995).
 *
 * @param of per row its fold
 */
public record Folds(int count, int[] of) {

    public static Folds of(TrainingTable table, int count, long seed) {
        return of(table.task(), table.rows(), table::target, count, seed);
    }

    static Folds of(Task task, int rows, IntToDoubleFunction target, int count, long seed) {
        if (count < 2 || rows < count) {
            throw LearnProblem.badTrainer(
                    rows + " rows cannot be dealt to " + count + " folds.",
                    "Use two or more, at most as many as rows.");
        }
        int[] shuffled = shuffled(rows, seed);
        int[] dealt = task == Task.REGRESSION
                ? shuffled
                : Arrays.stream(shuffled)
                        .boxed()
                        .sorted(Comparator.comparingDouble(target::applyAsDouble))
                        .mapToInt(Integer::intValue)
                        .toArray();
        int[] of = new int[rows];
        for (int place = 0; place < rows; place++) {
            of[dealt[place]] = place % count;
        }
        return new Folds(count, of);
    }

    static int[] shuffled(int rows, long seed) {
        int[] places = IntStream.range(0, rows).toArray();
        Random random = new Random(seed);
        for (int last = rows - 1; last > 0; last--) {
            int other = random.nextInt(last + 1);
            int kept = places[last];
            places[last] = places[other];
            places[other] = kept;
        }
        return places;
    }

    /** The rows of one fold, in order. */
    public int[] inside(int fold) {
        return IntStream.range(0, of.length).filter(row -> of[row] == fold).toArray();
    }

    /** The rows of the other folds, in order. */
    public int[] outside(int fold) {
        return IntStream.range(0, of.length).filter(row -> of[row] != fold).toArray();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Folds that && count == that.count && Arrays.equals(of, that.of);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(of);
    }

    @Override
    public String toString() {
        return "Folds[" + count + " of " + of.length + " rows]";
    }
}
