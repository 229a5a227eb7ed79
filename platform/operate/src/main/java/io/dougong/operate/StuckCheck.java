package io.dougong.operate;

import org.jspecify.annotations.Nullable;

/**
 * Has a feed's value got stuck? How often neighbouring values are equal is learnt as it goes; a run of n equal ones by chance has
 * probability r^(n−1), and alarms when that is below one in a thousand million. Values that usually repeat cannot be judged so.
 *
 * <p>Only pairs that tell something are counted: a distance that stays while every flight goes to the same place is not stuck.
 *
 * @param numbers last value, run, since when, pairs, equal pairs, whether it alarms, differing values in a row since
 */
record StuckCheck(double[] numbers) {

    private static final double CHANCE = 1e-9;
    private static final double LEAST_REPEAT = 0.02;
    private static final double MOST_REPEAT = 0.5;
    private static final int LEAST_PAIRS = 200;
    private static final int WELL_AGAIN = 10;
    private static final int LAST = 0;
    private static final int RUN = 1;
    private static final int SINCE = 2;
    private static final int PAIRS = 3;
    private static final int EQUAL = 4;
    private static final int ALARM = 5;
    private static final int MOVING = 6;

    static StuckCheck empty() {
        double[] numbers = new double[7];
        numbers[LAST] = Double.NaN;
        return new StuckCheck(numbers);
    }

    /**
     * Takes a value; says whether the alarm began or ended with it.
     *
     * @param tells whether this value could be expected to differ from the one before
     */
    boolean add(@Nullable Number value, long micros, boolean tells) {
        double now = value == null ? Double.NaN : value.doubleValue();
        if (now == numbers[LAST]) {
            return tells && repeated();
        }
        boolean ended = moved(tells);
        numbers[LAST] = now;
        numbers[RUN] = 1;
        numbers[SINCE] = alarms() ? numbers[SINCE] : micros;
        return ended;
    }

    private boolean repeated() {
        numbers[RUN]++;
        numbers[MOVING] = 0;
        boolean begins = !alarms() && numbers[RUN] >= needed();
        numbers[ALARM] = alarms() || begins ? 1 : 0;
        return begins;
    }

    private boolean moved(boolean tells) {
        numbers[MOVING]++;
        if (!alarms()) {
            numbers[PAIRS] += numbers[RUN] - (tells ? 0 : 1);
            numbers[EQUAL] += Math.max(0, numbers[RUN] - 1);
            return false;
        }
        boolean ends = numbers[MOVING] >= WELL_AGAIN;
        numbers[ALARM] = ends ? 0 : 1;
        return ends;
    }

    /** Nothing was heard for long: whether it is stuck is not known any more. Says whether that ended an alarm. */
    boolean forget() {
        boolean ended = alarms();
        numbers[ALARM] = 0;
        numbers[RUN] = 0;
        numbers[LAST] = Double.NaN;
        return ended;
    }

    boolean alarms() {
        return numbers[ALARM] != 0;
    }

    double run() {
        return numbers[RUN];
    }

    /** Event time of the first of the equal values. */
    long sinceMicros() {
        return (long) numbers[SINCE];
    }

    double lastValue() {
        return numbers[LAST];
    }

    /** Length of a run that alarms; infinite while it cannot be judged. */
    double needed() {
        double share = Math.max(LEAST_REPEAT, (numbers[EQUAL] + 1) / (numbers[PAIRS] + 2));
        if (numbers[PAIRS] < LEAST_PAIRS || share > MOST_REPEAT) {
            return Double.POSITIVE_INFINITY;
        }
        return Math.ceil(1 + StrictMath.log(CHANCE) / StrictMath.log(share));
    }
}
