package io.dougong.flow;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * How often and when a failed attempt is made again: the n-th pause is {@code backoff * factor^(n-1)}, at most {@code longest}, and up
 * to {@code jitter} of it longer or shorter, so that what failed together does not come back together.
 *
 * @param times how many more attempts after the first
 * @param jitter from 0 to 1
 */
public record Retry(int times, Duration backoff, double factor, Duration longest, double jitter) {

    public static final Retry NEVER = new Retry(0, Duration.ofSeconds(1), 2, Duration.ofMinutes(5), 0.2);

    public static Retry times(int times, Duration backoff) {
        return new Retry(times, backoff, 2, Duration.ofMinutes(5), 0.2);
    }

    /** The pause before the attempt after {@code failures} failed ones; the same for the same seed. */
    long pauseMicros(int failures, long seed) {
        double grown = backoff.toMillis() * StrictMath.pow(factor, failures - 1.0);
        double capped = StrictMath.min(grown, (double) longest.toMillis());
        double swing = 1 + jitter * (2 * new SplittableRandom(seed + failures).nextDouble() - 1);
        return (long) (capped * swing * 1000);
    }

    /** One policy for each kind of failure. */
    public record Policies(Retry user, Retry platform, Retry timeout) {

        /** User errors and time-outs are not tried again, platform errors three times. */
        public static final Policies USUAL = new Policies(NEVER, times(3, Duration.ofSeconds(1)), NEVER);

        Retry of(StepOutcome.Failure failure) {
            return switch (failure) {
                case USER -> user;
                case PLATFORM -> platform;
                case TIMEOUT -> timeout;
                case CANCELLED -> NEVER;
            };
        }
    }
}
