package io.dougong.review;

import java.time.Duration;

/**
 * How cases of a decision are settled.
 *
 * @param due how long after the question a case should be settled
 * @param fourEyes two different people must agree
 * @param teaches a settled verdict counts as the truth: it is given as feedback and becomes a label; false where the truth comes by
 *     itself later
 */
public record ReviewPolicy(Duration due, boolean fourEyes, boolean teaches) {

    public static final ReviewPolicy DEFAULT = new ReviewPolicy(Duration.ofDays(1), false, true);

    /** How many people have to say the same. */
    public int needed() {
        return fourEyes ? 2 : 1;
    }
}
