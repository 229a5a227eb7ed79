package io.dougong.operate;

/**
 * Page's cumulative sum (Page 1954, <i>Continuous inspection schemes</i>): {@code S ← max(0, S + z − k)} of standardised figures z,
 * alarm at {@code S ≥ h}. It waits for a small lasting change as for a large short one, and its mean time to a false alarm is known.
 *
 * @param slack k, half of the change that shall be found soonest, in standard deviations
 * @param limit h
 */
public record Cusum(double slack, double limit) {

    /** Half a standard deviation: best for changes of one. */
    public static final double USUAL_SLACK = 0.5;

    /** One wild window alone never alarms. */
    private static final double MOST_AT_ONCE = 4;

    private static final double OVERSHOOT = 1.166;

    /** The rule whose false alarms are this many windows apart on average. */
    public static Cusum withFalseAlarmEvery(double windows) {
        double low = 0;
        double high = 50;
        for (int i = 0; i < 60; i++) {
            double middle = (low + high) / 2;
            if (new Cusum(USUAL_SLACK, middle).meanWindowsToFalseAlarm() < windows) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return new Cusum(USUAL_SLACK, high);
    }

    /** Siegmund 1985: (e^{2kb} − 2kb − 1) / 2k² with b = h + 1.166, for normal figures. */
    public double meanWindowsToFalseAlarm() {
        double b = 2 * slack * (limit + OVERSHOOT);
        return (StrictMath.exp(b) - b - 1) / (2 * slack * slack);
    }

    public double after(double sum, double z) {
        return Math.max(0, sum + Math.min(MOST_AT_ONCE, z) - slack);
    }

    public boolean alarms(double sum) {
        return sum >= limit;
    }
}
