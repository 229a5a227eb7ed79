package io.dougong.learn;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The rows of a data set to train on, to calibrate on and to test on, oldest first, without a label leaking over a boundary.
 *
 * <p>A model fitted at the boundary {@code b} can only have seen labels known by {@code b}; a row asked before {@code b} whose label
 * came later is under embargo: in no slice. (López de Prado, <i>Advances in Financial Machine Learning</i>, 2018, chapter 7, calls
 * it purging.)
 *
 * @param train row numbers: asked before {@code trainUntilMicros}, label known by then
 * @param calibrate asked from {@code trainUntilMicros} before {@code calibrateUntilMicros}, label known by then
 * @param test asked from {@code calibrateUntilMicros}
 * @param embargoed rows in no slice
 */
public record Slices(
        int[] train, int[] calibrate, int[] test, long trainUntilMicros, long calibrateUntilMicros, int embargoed) {

    /** Splits the time from the first to the last row by the shares. */
    public static Slices of(Dataset dataset, TimeSplit split) {
        if (dataset.rows() == 0) {
            return new Slices(new int[0], new int[0], new int[0], 0, 0, 0);
        }
        long first = dataset.askedMicros(0);
        long span = dataset.askedMicros(dataset.rows() - 1) - first;
        long trainUntil = first + Math.round(span * split.train());
        long calibrateUntil = first + Math.round(span * (split.train() + split.calibrate()));
        int[] train = rows(dataset, Long.MIN_VALUE, trainUntil, row -> dataset.knownMicros(row) <= trainUntil);
        int[] calibrate = rows(dataset, trainUntil, calibrateUntil, row -> dataset.knownMicros(row) <= calibrateUntil);
        int[] test = rows(dataset, calibrateUntil, Long.MAX_VALUE, _ -> true);
        int embargoed = dataset.rows() - train.length - calibrate.length - test.length;
        return new Slices(train, calibrate, test, trainUntil, calibrateUntil, embargoed);
    }

    private static int[] rows(Dataset dataset, long from, long until, IntPredicate known) {
        return IntStream.range(0, dataset.rows())
                .filter(row -> dataset.askedMicros(row) >= from && dataset.askedMicros(row) < until)
                .filter(known)
                .toArray();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Slices that
                && Arrays.equals(train, that.train)
                && Arrays.equals(calibrate, that.calibrate)
                && Arrays.equals(test, that.test)
                && trainUntilMicros == that.trainUntilMicros
                && calibrateUntilMicros == that.calibrateUntilMicros;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(test) + 31 * Arrays.hashCode(train);
    }

    @Override
    public String toString() {
        return "Slices[train=" + train.length + ", calibrate=" + calibrate.length + ", test=" + test.length
                + ", embargoed=" + embargoed + "]";
    }
}
