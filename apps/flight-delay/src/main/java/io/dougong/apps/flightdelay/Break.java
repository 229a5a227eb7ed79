package io.dougong.apps.flightdelay;

import java.time.Duration;

/**
 * What goes wrong in the demo: for some days the arrivals system of one airport reports the same delay for every flight.
 *
 * @param airport whose feed breaks
 * @param fromMillis event time of the first wrong arrival
 * @param untilMillis event time of the repair
 * @param stuckDelay minutes that it reports meanwhile
 */
record Break(String airport, long fromMillis, long untilMillis, int stuckDelay) {

    /** Nothing goes wrong. */
    static final Break NONE = new Break("", Long.MAX_VALUE, Long.MAX_VALUE, 0);

    private static final String AIRPORT = "ORD";
    private static final int STUCK_DELAY = 240;
    private static final double FROM = 0.2;
    private static final double UNTIL = 0.36;
    private static final Duration REPAIRED_AFTER = Duration.ofDays(6);

    /** Of Chicago O'Hare, in the first half of the live part. */
    static Break within(long liveFromMillis, long liveUntilMillis) {
        double span = (double) liveUntilMillis - liveFromMillis;
        return new Break(
                AIRPORT, liveFromMillis + (long) (FROM * span), liveFromMillis + (long) (UNTIL * span), STUCK_DELAY);
    }

    /** Of Chicago O'Hare, from this moment on, until somebody repairs it. */
    static Break from(long fromMillis) {
        return new Break(AIRPORT, fromMillis, fromMillis + REPAIRED_AFTER.toMillis(), STUCK_DELAY);
    }

    /** The delay that the airport reports. */
    int reported(String destination, long knownMillis, int delay) {
        boolean broken = destination.equals(airport) && knownMillis >= fromMillis && knownMillis < untilMillis;
        return broken ? stuckDelay : delay;
    }
}
